"""The seconds in which both sides were connected at the same time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetings.schedule.overlap import Interval, overlap_seconds

START = datetime(2020, 5, 14, 7, 0, tzinfo=UTC)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def stay(side: str, since: int | None, until: int | None) -> Interval:
    return Interval(side, None if since is None else at(since), None if until is None else at(until))


def test_overlap_seconds_counts_only_the_overlap_of_the_two_sides() -> None:
    stays = [stay("exhibitor", 0, 100), stay("buyer", 40, 130)]
    assert overlap_seconds(stays, at(200)) == 60


def test_overlap_seconds_counts_an_open_interval_until_now() -> None:
    stays = [stay("exhibitor", 10, None), stay("buyer", 30, None)]
    assert [overlap_seconds(stays, at(now)) for now in (20, 30, 45)] == [0, 0, 15]


def test_overlap_seconds_ignores_who_takes_no_side_and_whose_media_never_flowed() -> None:
    stays = [stay("exhibitor", 0, 90), stay("", 0, 90), stay("buyer", None, 90)]
    assert overlap_seconds(stays, at(90)) == 0


def test_overlap_seconds_counts_a_second_once_however_many_of_a_side_are_there() -> None:
    stays = [stay("buyer", 0, 60), stay("buyer", 30, 90), stay("exhibitor", 20, 80), stay("exhibitor", 70, 75)]
    assert overlap_seconds(stays, at(100)) == 60


STAYS = st.lists(
    st.builds(
        stay,
        st.sampled_from(["exhibitor", "buyer", ""]),
        st.none() | st.integers(0, 60),
        st.none() | st.integers(0, 60),
    ),
    max_size=8,
)


@given(STAYS, st.integers(0, 70))
def test_overlap_seconds_equals_counting_second_by_second(stays: list[Interval], now: int) -> None:
    def is_there(side: str, second: int) -> bool:
        return any(
            s.side == side and s.connected_at is not None and s.connected_at <= at(second) < (s.left_at or at(now))
            for s in stays
        )

    both = sum(is_there("exhibitor", second) and is_there("buyer", second) for second in range(now))
    assert overlap_seconds(stays, at(now)) == both


@given(STAYS, st.integers(0, 70), st.randoms())
def test_overlap_seconds_does_not_depend_on_the_order_of_rows(stays: list[Interval], now: int, random: object) -> None:
    shuffled = stays.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert overlap_seconds(shuffled, at(now)) == overlap_seconds(stays, at(now))
