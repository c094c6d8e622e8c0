"""How much is let through: by one bucket, by one that several processes share, and while Redis is away."""

import asyncio

import pytest
from django.conf import settings
from redis import Redis

from fairplatform.realtime.shared_bucket import SharedBucket
from fairplatform.server.token_bucket import TokenBucket
from tests.servers.redis_server import RedisServer

RATE, SIZE = 0.001, 100.0  # nothing is earned while a test runs
PORTION = SharedBucket.PORTION


@pytest.fixture
def shared(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a bucket that nobody has spent from."""
    monkeypatch.setattr(settings, "REDIS_URL", redis_server.empty())
    return "somebody"


async def let_through(bucket: TokenBucket, tries: int, *, later: float = 0) -> int:
    """How many of so many tries in one moment are let through; Redis is given time to answer now and then."""
    let = 0
    for number in range(tries):
        let += bucket.take(bucket.at + later)
        if number % 4 == 0:
            await asyncio.sleep(0.02)
    return let


def redis_calls(server: RedisServer) -> int:
    """How many times Redis was asked for a portion."""
    with Redis.from_url(server.url, decode_responses=True) as client:
        return int(client.info("commandstats").get("cmdstat_eval", {}).get("calls", 0))


def test_bucket_lets_through_its_size_and_then_its_rate() -> None:
    bucket = TokenBucket(4.0, 3)
    now = bucket.at
    assert [bucket.take(now) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(now + 0.5) for _ in range(3)] == [True, True, False]
    assert [bucket.take(now + 60) for _ in range(4)] == [True, True, True, False]


async def test_processes_share_what_a_person_may_send(shared: str) -> None:
    first, second = SharedBucket(shared, RATE, SIZE), SharedBucket(shared, RATE, SIZE)
    let = [await let_through(first, 70), await let_through(second, 70), await let_through(first, 70)]
    assert let[0] == 70
    assert SIZE - PORTION <= sum(let) <= SIZE + 2 * PORTION
    # Whoever comes by a third process finds it spent as well.
    third = SharedBucket(shared, RATE, SIZE)
    assert await let_through(third, 70) <= PORTION


async def test_shared_bucket_asks_redis_once_in_a_portion(shared: str, redis_server: RedisServer) -> None:
    bucket = SharedBucket(shared, 1000.0, 1000.0)
    assert await let_through(bucket, 1) == 1
    before = redis_calls(redis_server)
    assert await let_through(bucket, 10 * PORTION) == 10 * PORTION
    # What comes while Redis is asked waits for the next time.
    assert 8 <= redis_calls(redis_server) - before <= 10


async def test_each_process_goes_on_alone_while_redis_is_away(shared: str, redis_server: RedisServer) -> None:
    first, second = SharedBucket(shared, RATE, SIZE), SharedBucket(shared, RATE, SIZE)
    redis_server.stop()
    try:
        let = [await let_through(bucket, 200) for bucket in (first, second)]
    finally:
        redis_server.start()
    assert let == [SIZE, SIZE]
    # What was let through meanwhile is paid when Redis is back.
    async with asyncio.timeout(10):
        while redis_calls(redis_server) == 0:
            await let_through(first, 1, later=SharedBucket.RETRY_AFTER)
    assert await let_through(SharedBucket(shared, RATE, SIZE), 60) < 60
