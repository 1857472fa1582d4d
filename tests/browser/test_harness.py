"""The instruments themselves: a check that cannot fail proves nothing."""

import pytest
from django.test import override_settings

from tests.services import lighthouse, require


def test_axe_names_what_is_wrong(page, axe):
    page.set_content("<html lang=fi><title>t</title><main><h1>t</h1><img src='x.png'></main>")
    with pytest.raises(AssertionError, match=r"image-alt .*\n +img: <img"):
        axe(page)


def test_console_errors_are_collected(page):
    page.set_content("<script>throw new Error('broken')</script>")
    assert page.faults == ["broken"]


def report(mark, message=""):
    audits = {"errors-in-console": {"errorMessage": message}} if message else {}
    return {"categories": {"accessibility": {"score": mark}}, "audits": audits}


def visits(monkeypatch, *reports):
    made = []
    left = iter(reports)
    monkeypatch.setattr(lighthouse, "visit", lambda url: made.append(url) or next(left))
    return made


def test_an_audit_without_a_mark_is_made_again(monkeypatch):
    made = visits(monkeypatch, report(None, "NO_FCP"), report(1))
    marks = lighthouse.scores(lighthouse.audit("http://example.org/", ("accessibility",)))
    assert marks == {"accessibility": 100}
    assert len(made) == 2


def test_an_audit_that_never_comes_about_says_why(monkeypatch):
    crash = {"runtimeError": {"message": "The tab died."}}
    visits(monkeypatch, report(None, "NO_FCP"), crash, report(None, "NO_FCP"))
    with pytest.raises(lighthouse.NotAudited, match=r"accessibility \(NO_FCP\); The tab died\."):
        lighthouse.audit("http://example.org/", ("accessibility",))


def test_what_could_not_be_run_is_a_skip_with_its_reason_and_a_failure_where_all_is_required():
    with override_settings(REQUIRE_ALL=False), pytest.raises(pytest.skip.Exception, match="busy"):
        require(False, "the machine was busy")
    with (
        override_settings(REQUIRE_ALL=True),
        pytest.raises(pytest.fail.Exception, match="REQUIRE_ALL is set, and the machine was busy"),
    ):
        require(False, "the machine was busy")
