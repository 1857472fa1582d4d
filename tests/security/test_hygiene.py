"""Characters that nobody sees come in by no door."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.admin import mail as admin_mail
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.core.hygiene import UNFIT, clean, clean_all
from home.models import ContentPage, SiteSettings
from projects.models import Organisation, ProjectPage
from tests.factories import OrganisationFactory, ProjectFactory, home_page, png, project_index
from tests.security.unseen import DIRTY, UNSEEN, traces

pytestmark = pytest.mark.django_db


def content_form(**fields) -> dict:
    data = {"title": "A", "slug": "a", "lead": "", "body": streamfield([])}
    return nested_form_data({**data, "comments": inline_formset([]), **fields})


@pytest.mark.parametrize("character", UNSEEN)
def test_each_is_taken_out_and_words_stay_apart(character):
    assert clean(f"Word{character}liite").split() in (["Word", "liite"], ["Wordliite"])
    assert not UNFIT.search(clean(f"a{character}"))
    assert clean_all({"a": [f"{character}b"]})["a"][0].strip() == "b"


def test_what_people_write_stays():
    for text in (
        "a\tb\nc\r\nd",
        "Äitiryhmä – “ok”",
        "👩‍👩‍👧",
        "اندماج",
        "C:\\folder\\b",
        "\u200fא",
    ):
        assert clean(text) == text
        assert clean_all(json.dumps([text])) == json.dumps([text])
        assert clean_all(text) == text


def test_a_page_form(admin):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home_page().pk])
    text = rich_text(f"<p>{DIRTY.replace(chr(0), '')}</p>")
    answer = admin.post(
        url,
        content_form(
            title=f"Word\x0bliite{DIRTY}",
            lead=f"Ensin\x0bsitten{DIRTY}",
            seo_title=DIRTY,
            body=streamfield([("text", text)]),
        )
        | {"action-publish": "1"},
    )
    assert answer.status_code == 302
    page = ContentPage.objects.get()
    assert page.title.startswith("Word liite")
    assert page.lead.startswith("Ensin\nsitten")
    assert traces() == []


def test_code_bulk_update_and_drafts():
    page = ProjectFactory(title=DIRTY, lead=DIRTY, acronym=DIRTY)
    ProjectPage.objects.filter(pk=page.pk).update(title=DIRTY)
    site = Site.objects.get()
    page.body = json.dumps([{"type": "section", "value": {"kind": "aims", "heading": DIRTY}}])
    page.save_revision()
    page.save()
    Organisation.objects.bulk_create([Organisation(name=DIRTY, locale=page.locale)])
    Organisation.objects.bulk_update([Organisation.objects.get()], ["name"])
    Redirect.objects.create(old_path=f"/{DIRTY}", redirect_link=f"/{DIRTY}")
    SiteSettings.objects.update_or_create(site=site, defaults={"association_name": DIRTY})
    assert Revision.objects.exists()
    assert traces() == []


def test_the_database_takes_a_lone_surrogate_as_nothing():
    assert OrganisationFactory(name="a\ud800b").pk
    assert Organisation.objects.get().name == "ab"


def test_records_users_and_names_of_files(admin):
    url = reverse("wagtailsnippets_projects_organisation:add")
    assert admin.post(url, {"name": DIRTY, "kind": "other"}).status_code == 302
    upload = SimpleUploadedFile("kuva\ufffe.png", png(), "image/png")
    url = reverse("wagtailimages:add")
    admin.post(url, {"title": DIRTY, "file": upload, "collection": "1", "tags": DIRTY})
    passwords = {"password1": "pitkä salasana", "password2": "pitkä salasana"}
    url = reverse("wagtailusers_users:add")
    names = {"first_name": DIRTY, "last_name": DIRTY, "email": "a@example.org"}
    admin.post(url, {"username": "maija\x0b", **names, **passwords})
    assert get_user_model().objects.filter(email="a@example.org").exists()
    assert traces() == []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/projects/?q={0}&ordering={0}",
        "/admin/pages/search/?q={0}",
        "/admin/snippets/projects/organisation/?q={0}",
        "/admin/images/?q={0}&tag={0}",
        "/admin/redirects/?q={0}",
        "/admin/users/?q={0}",
        "/fi/haku/?q={0}&theme={0}",
        "/fi/haku/suggest/?q={0}",
        "/fi/haku/hits.csv?q={0}",
        "/fi/hankkeet/?theme={0}&funder={0}",
        "/api/v1/projects?language={0}",
        "/fi/{0}/",
        "/{0}",
    ],
)
def test_no_parameter_breaks_a_question(admin, address):
    project_index()
    for character in "\0\x0b\ufffe\u2028":
        answer = admin.get(address.format(f"a{character}b"))
        assert answer.status_code < 500
    assert traces() == []


def test_the_subject_of_a_letter_is_one_line():
    admin_mail.send_mail("Hanke\nBcc: a@example.org\x0b!\u2028", "…", ["b@example.org"])
    (letter,) = mail.outbox
    assert letter.message()["subject"] == "Hanke Bcc: a@example.org ! "
