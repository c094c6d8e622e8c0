"""The routes of the API, what a visitor may see, for everybody alike; and those of the recommendations."""

from collections.abc import Mapping

from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, no_arguments, of_fair, post

API: Mapping[str, Route] = {
    "api:api-root": Route(None, no_arguments, {"GET": Act(Done("api:docs"))}),
    "api:docs": Route(None, no_arguments, READ),
    "api:openapi-json": Route(None, no_arguments, READ),
    "api:fairs": Route(None, no_arguments, READ),
    "api:fair": Route("fair", fair_slug, READ),
    "api:halls": Route("fair", fair_slug, READ),
    "api:booths": Route("fair", fair_slug, READ),
    "api:booth": Route("booth", of_fair("booth", "slug"), READ),
    "api:products": Route("fair", fair_slug, READ),
    "api:product": Route("product", of_fair("product"), READ),
    "api:search": Route("fair", fair_slug, READ),
    **{f"api:{name}": Route("fair", fair_slug, READ) for name in ("outcomes", "ledger", "figures")},
}
# Of these, what is read with a token alone (world.World.tokens).
API_WITH_TOKEN = {"api:outcomes", "api:ledger", "api:figures"}
# Of these, the data: it can be asked for its head alone, and says by which methods it is read.
API_DATA = API.keys() - {"api:api-root", "api:docs"}
HIDDEN_NOW = post(
    "booths:recommended",
    "booths.NotInterested",
    # Whose own company it is, and whose company sells as well.
    others={"seller": Done(409), "clerk": Done(409), "rival": Done(404)},
)
RECOMMENDED: Mapping[str, Route] = {
    "booths:recommended": Route("fair", fair_slug, READ),
    "booths:recommended_in_short": Route("fair", fair_slug, READ),
    "booths:interest": Route("exhibitor", of_fair("exhibitor"), HIDDEN_NOW),
}
