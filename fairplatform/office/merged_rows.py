"""What becomes of rows whose owner is made one with another: those that cannot both stay, and all others."""

from django.db.models import Model, Q, QuerySet


def move_apart(rows: "QuerySet[Model]", owner: str, stays: Model, unique: tuple[str, ...]) -> None:
    """Sets `owner`; a row that is there already, the same in `unique`, is deleted instead."""
    for row in rows:
        same = {name: getattr(row, name) for name in unique}
        empty = Q(*[Q(**{f"{name}__isnull": True}) for name, value in same.items() if value is None])
        given = {name: value for name, value in same.items() if value is not None}
        if type(row)._base_manager.filter(empty, **given, **{owner: stays}).exists():
            row.delete()
        else:
            setattr(row, owner, stays)
            row.save(update_fields=[owner])
