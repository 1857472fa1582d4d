"""Lighthouse, 100 of 100, on a phone's terms: slow network and slow processor simulated."""

import pytest

from tests.services import lighthouse, require
from tests.services.process import ServiceUnavailable

ATTEMPTS = 3
ALL = dict.fromkeys(lighthouse.CATEGORIES, 100)


@pytest.fixture(scope="module")
def _lighthouse():
    try:
        lighthouse.command()
    except ServiceUnavailable as error:
        require(False, f"Lighthouse cannot run: {error}")


@pytest.mark.usefixtures("_lighthouse", "chromium")
@pytest.mark.parametrize("model", ["homepage", "projectpage"])
def test_full_marks(sample_site, sample_pages, model):
    """Performance is a measurement on a shared machine: the best of three counts. The rest is
    the same every time, and has to be right the first.
    """
    url = f"{sample_site}{sample_pages['fi'][model][0]}"
    best = {}
    for _ in range(ATTEMPTS):
        report = lighthouse.audit(url)
        scores = lighthouse.scores(report)
        assert scores | {"performance": 100} == ALL, "\n".join(lighthouse.complaints(report))
        best = max(best, scores, key=lambda found: found.get("performance", -1))
        if best == ALL:
            return
    assert best == ALL, "\n".join(lighthouse.complaints(report))
