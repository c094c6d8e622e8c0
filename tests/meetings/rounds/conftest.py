"""A fair in which companies tick."""

import pytest

from .ticking import People


@pytest.fixture
def people() -> People:
    return People()
