"""Lighthouse: full marks for what is the same at every visit, on a phone's terms.

Its performance mark is a measurement of this machine at this minute: ``make bench`` tells it. What
it rests on and does not change from run to run is held here: nothing shifts, nothing blocks the
first paint but one style sheet, and the page's weight is in ``test_weight``.
"""

import pytest

from tests.services import lighthouse, require
from tests.services.process import ServiceUnavailable

STEADY = ("accessibility", "best-practices")
PAGES = {
    "homepage": "",
    "projectpage": "",
    "organisation": "/fi/organisaatiot/toivola-luotolan-setlementti-ry/",
}


@pytest.fixture(scope="module")
def _lighthouse():
    try:
        lighthouse.command()
    except ServiceUnavailable as error:
        require(False, f"Lighthouse cannot run: {error}")


@pytest.mark.usefixtures("_lighthouse", "chromium")
@pytest.mark.parametrize("model", PAGES)
def test_full_marks(sample_site, sample_pages, model):
    path = PAGES[model] or sample_pages["fi"][model][0]
    try:
        report = lighthouse.audit(f"{sample_site}{path}", STEADY)
    except lighthouse.NotAudited as error:
        require(False, f"Lighthouse did not come about: {error}")
    scores = lighthouse.scores(report)
    print(f"Lighthouse, {model}: {scores}")  # noqa: T201
    found = {name: scores[name] for name in STEADY}
    assert found == dict.fromkeys(STEADY, 100), "\n".join(lighthouse.complaints(report))
    shift = report["audits"]["cumulative-layout-shift"]
    require("numericValue" in shift, f"Lighthouse saw no layout: {shift.get('errorMessage')}")
    assert shift["numericValue"] < 0.01
