"""What is counted. Labels come from our own code alone, so their number is bounded: no address, person or topic.

Each process counts for itself and is asked by itself.
"""

from prometheus_client import Counter, Histogram, disable_created_metrics

disable_created_metrics()

_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

requests = Counter("fair_http_requests", "Requests, by the name of their route", ["route", "method", "status"])
request_seconds = Histogram(
    "fair_http_request_seconds", "From a request's arrival to its last byte", ["route"], buckets=_REQUEST_SECONDS
)


def count_request(route: str, method: str, status: int | None, seconds: float) -> None:
    requests.labels(route, method, f"{status // 100}xx" if status else "none").inc()
    request_seconds.labels(route).observe(seconds)
