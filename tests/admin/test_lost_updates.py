"""What one editor saved of a page is never overwritten by another's older form unseen."""

import pytest
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Page

from cms.core.admin.lost_updates import CHOICE, GO_ON, OPENED
from projects.models import ProjectPage
from tests.admin.editors import form_of, saved, told
from tests.admin.forms import read_form
from tests.factories import OrganisationFactory, ProjectFactory, home_page, project_index

pytestmark = pytest.mark.django_db


def page_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def project():
    project = ProjectFactory(
        title="Silta", lead="Alku", funding=[(OrganisationFactory(), "main", 5)]
    )
    return project


@pytest.mark.parametrize("button", ["action-publish", "action-submit", None])
@pytest.mark.parametrize("same_field", [True, False])
def test_an_old_form_of_a_page_is_not_taken(anna, bertta, project, button, same_field):
    url = page_url(project)
    mine = {"lead": "Bertan"} if same_field else {"acronym": "BERTTA"}
    old = form_of(bertta, url, **mine, **({button: "1"} if button else {}))
    response = anna.post(url, form_of(anna, url, lead="Annan ingressi", **{"action-publish": "1"}))
    assert response.status_code == 302
    html = told(bertta.post(url, old))
    assert "Anna Malli" in html
    assert "Annan" in html
    assert next(iter(mine.values())) in html
    project = ProjectPage.objects.get(pk=project.pk)
    assert project.lead == "Annan ingressi"
    assert project.get_latest_revision_as_object().lead == "Annan ingressi"


def test_an_old_form_is_not_taken_over_a_draft(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan")
    anna.post(url, form_of(anna, url, lead="Annan luonnos"))
    assert "luonnos" in told(bertta.post(url, old))


def test_rows_of_a_page_count_too(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan")
    anna.post(url, form_of(anna, url, **{"funding-0-amount": "77.50"}))
    assert "77" in told(bertta.post(url, old))


@pytest.mark.parametrize("page", [home_page, project_index])
def test_every_kind_of_page_is_guarded(anna, bertta, page):
    url = page_url(page())
    old = form_of(bertta, url, lead="Bertan")
    anna.post(url, form_of(anna, url, lead="Annan", **{"action-publish": "1"}))
    told(bertta.post(url, old))


def test_the_saved_form_can_be_saved_again(anna, project):
    url = page_url(project)
    for lead in ("yksi", "kaksi"):
        assert anna.post(url, form_of(anna, url, lead=lead)).status_code == 302
    assert ProjectPage.objects.get(pk=project.pk).get_latest_revision_as_object().lead == "kaksi"


def test_a_second_tab_of_the_same_editor_is_told_too(anna, project):
    url = page_url(project)
    old = form_of(anna, url, lead="toinen välilehti")
    anna.post(url, form_of(anna, url, lead="ensimmäinen"))
    assert "another tab" in told(anna.post(url, old))


def test_mine_can_be_saved_over_it(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan\nrivi", **{"action-publish": "1"})
    anna.post(url, form_of(anna, url, lead="Annan"))
    again = read_form(bertta.post(url, old), OPENED)
    assert bertta.post(url, {**again, CHOICE: "mine"}).status_code == 302
    assert saved(ProjectPage, project, "lead").split() == ["Bertan", "rivi"]


def test_editing_goes_on_with_everything_typed(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan", **{"funding-0-amount": "12"})
    anna.post(url, form_of(anna, url, lead="Annan"))
    again = read_form(bertta.post(url, old), OPENED)
    open_again = bertta.post(url, {**again, CHOICE: GO_ON})
    assert open_again.status_code == 200
    form = read_form(open_again, OPENED)
    assert (form["lead"], form["funding-0-amount"]) == (["Bertan"], ["12"])
    latest = ProjectPage.objects.get(pk=project.pk).get_latest_revision_as_object()
    assert latest.lead == "Annan", "nothing is saved by going on"
    assert bertta.post(url, form).status_code == 302


def test_a_third_save_in_between_is_told_again(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan")
    anna.post(url, form_of(anna, url, lead="Annan"))
    again = read_form(bertta.post(url, old), OPENED)
    anna.post(url, form_of(anna, url, lead="Annan toinen"))
    assert "toinen" in told(bertta.post(url, {**again, CHOICE: "mine"}))


def test_a_form_with_faults_stays_about_the_version_it_was_opened_on(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, title="", lead="Bertan", **{"action-publish": "1"})
    refused = read_form(bertta.post(url, old), OPENED)
    anna.post(url, form_of(anna, url, lead="Annan"))
    told(bertta.post(url, {**refused, "title": "Silta"}))


def autosave(client, url, form):
    return client.post(url, form, headers={"accept": "application/json"})


def test_an_old_form_is_not_autosaved_either(anna, bertta, project):
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan")
    anna.post(url, form_of(anna, url, lead="Annan"))
    response = autosave(bertta, url, old)
    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"


def test_after_an_autosave_the_form_is_about_what_it_saved(anna, bertta, project):
    url = page_url(project)
    form = form_of(anna, url, lead="Luonnos")
    answer = autosave(anna, url, form).json()
    assert answer["success"]
    replaced = read_form(HttpResponse(f"<form>{answer['html']}</form>"), OPENED)
    form |= {OPENED: replaced[OPENED], "overwrite_revision_id": answer["revision_id"]}
    assert anna.post(url, {**form, "lead": "Valmis"}).status_code == 302


@pytest.mark.parametrize("token", [None, "", "nonsense", "[]", "7", '{"lead": 5}', "{" * 3000])
def test_a_form_without_a_readable_version_is_no_server_error(anna, project, token):
    url = page_url(project)
    form = form_of(anna, url, lead="Uusi")
    form.pop(OPENED)
    if token is not None:
        form[OPENED] = token
    assert anna.post(url, form).status_code in {200, 302}


def test_wagtails_own_fields_are_asked_where_ours_is_missing(anna, bertta, project):
    project.save_revision()
    url = page_url(project)
    old = form_of(bertta, url, lead="Bertan")
    old.pop(OPENED)
    anna.post(url, form_of(anna, url, lead="Annan"))
    told(bertta.post(url, old))


def test_going_back_to_an_older_version_is_about_the_newest(anna, bertta, project):
    url = page_url(project)
    for lead in ("ensimmäinen", "toinen"):
        anna.post(url, form_of(anna, url, lead=lead))
    first = project.revisions.order_by("pk").first()
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[project.pk, first.pk])
    form = form_of(anna, revert)
    assert form["lead"] == ["ensimmäinen"]
    old = form_of(bertta, revert)
    assert anna.post(url, form).status_code == 302
    told(bertta.post(url, {**old, "lead": "Bertan"}))


def test_an_address_that_is_taken_meanwhile_loses_nothing(anna, monkeypatch):
    """By Wagtail's own autosave, which has added the page when *Publish* comes."""
    index = project_index()
    url = reverse("wagtailadmin_pages:add", args=["projects", "projectpage", index.pk])
    typed = read_form(anna.get(url), "lead")
    typed |= {"title": "Silta", "slug": "silta", "lead": "Yhdessä."}
    ProjectFactory(title="Silta", slug="silta", parent=index)
    really = Page._slug_is_available
    answers = iter([True])
    free = staticmethod(lambda *args, **kwargs: next(answers, None) or really(*args, **kwargs))
    monkeypatch.setattr(Page, "_slug_is_available", free)
    response = anna.post(url, {**typed, "action-publish": "1"})
    assert response.status_code == 200
    assert "Yhdessä." in response.content.decode()
    assert ProjectPage.objects.filter(slug="silta").count() == 1
