"""What a test needs beside Python: engines, browsers, system libraries."""

import pytest
from django.conf import settings


def require(condition: object, reason: str) -> None:
    """Skip the test with ``reason`` unless ``condition`` holds; under REQUIRE_ALL=1 fail it.

    On a bare machine a missing engine is no fault; in CI a silent skip would be.
    """
    if condition:
        return
    if settings.REQUIRE_ALL:
        pytest.fail(f"REQUIRE_ALL is set, and {reason}", pytrace=False)
    pytest.skip(reason)
