"""The pages on which staff ask for translations and see how far they are."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from cms.translation.models import RequestedVersion, TranslationRequest
from cms.translation.requests import ask, preparing
from projects.models import Theme
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    project_index,
    translate,
)
from tests.translation.languages import fresh
from tests.translation.workplace import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
State = RequestedVersion.State


@pytest.fixture
def languages():
    found = {code: LocaleFactory(language_code=code) for code in ("fi", "sv", "ar", "fi-simple")}
    for code in ("sv", "ar"):
        translate(project_index(), code)
    return found


def signed_in(client, user):
    client.force_login(user)
    client.cookies.load({"django_language": "en"})
    return client


def form_of(pages) -> str:
    return f"{reverse('translation:request')}?pages={','.join(str(page.pk) for page in pages)}"


def detail_of(request) -> str:
    return reverse("translation:request_detail", args=[request.pk])


def test_the_form_offers_languages_that_are_translated_by_string(client, languages):
    page = ContentPageFactory(title="Meistä")
    answer = signed_in(client, EditorFactory()).get(form_of([page]))
    boxes = BeautifulSoup(answer.content, "html.parser").select("input[name=locales]")
    assert {int(box["value"]) for box in boxes} == {languages["sv"].pk, languages["ar"].pk}
    assert "branch" not in answer.context["form"].fields
    assert "Meistä" in answer.content.decode()


def test_a_language_into_which_nobody_translates_is_told(client, languages):
    translator("ar")
    page = ContentPageFactory(title="Meistä")
    said = "Nobody may translate into: Swedish."
    signed_in(client, EditorFactory())
    assert said in client.get(form_of([page])).content.decode()
    answer = client.post(form_of([page]), {"locales": [languages["sv"].pk]}, follow=True)
    assert said in answer.content.decode()
    translator("sv")
    assert "Nobody may" not in client.get(form_of([page])).content.decode()


def test_what_is_asked_for_is_made_and_shown(client, languages):
    root = ContentPageFactory(title="Juuri")
    ContentPageFactory(title="Lehti", parent=root)
    sent = {
        "locales": [languages["sv"].pk],
        "branch": "on",
        "due_on": "1.2.2040",
        "note": "Kiire.",
    }
    client = signed_in(client, EditorFactory())
    answer = client.post(form_of([Page.objects.get(pk=root.pk)]), sent, follow=True)
    made = TranslationRequest.objects.get()
    assert answer.redirect_chain[-1][0] == detail_of(made)
    assert (made.due_on, made.note) == (date(2040, 2, 1), "Kiire.")
    assert made.versions.filter(state=State.DONE).count() == 2
    text = answer.content.decode()
    assert "2 of 2 are ready" in text
    assert 'data-waiting="0"' in text
    assert "Juuri" in text
    assert "Lehti" in text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"locales": "x\0"},
        {"locales": "999999"},
        {"locales": "{sv}", "due_on": "31.2.2040"},
        {"locales": "{sv}", "due_on": str(timezone.localdate() - timedelta(days=2))},
        {"locales": "{sv}", "note": "x" * 2001},
        {"locales": "{sv}", "note": "\0"},
        {"locales": "{simple}"},
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client, languages, sent):
    page = ContentPageFactory(title="Meistä")
    codes = {"sv": languages["sv"].pk, "simple": languages["fi-simple"].pk}
    sent = {name: text.format(**codes) for name, text in sent.items()}
    answer = signed_in(client, EditorFactory()).post(form_of([page]), sent)
    note = sent.get("note", "")
    if answer.status_code == 302:
        # What no database holds is left out on the way in.
        assert "\0" in note
        return
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert note.strip("\0") in answer.content.decode()
    assert not TranslationRequest.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "?pages=", "?pages=x", "?pages=1", "?auth.user=1", "?x.y=\0"]
)
def test_an_address_that_names_nothing_is_not_found(client, languages, query):
    answer = signed_in(client, SuperuserFactory()).get(reverse("translation:request") + query)
    assert answer.status_code == 404


def test_only_staff_may_ask_or_look(client, languages):
    page = ContentPageFactory(title="Meistä")
    made = ask(SuperuserFactory(), [page], [languages["sv"]])
    for address in (form_of([page]), detail_of(made)):
        assert client.get(address).status_code == 302
    nobody = UserFactory()
    for address in (form_of([page]), detail_of(made)):
        for method in (signed_in(client, nobody).get, client.post):
            assert method(address).status_code in (302, 403)
    assert TranslationRequest.objects.count() == 1


def test_a_translation_can_not_be_asked_for(client, languages):
    page = ContentPageFactory(title="Meistä")
    ask(SuperuserFactory(), [page], [languages["sv"]])
    client = signed_in(client, EditorFactory())
    assert client.get(form_of([fresh(page, "sv")])).status_code in (302, 403)
    both = client.get(form_of([page, fresh(page, "sv")]))
    assert len(both.context["things"]) == len(both.context["left_out"]) == 1


def test_nothing_new_in_a_branch_is_said(client, languages):
    root = ContentPageFactory(title="Juuri")
    ContentPageFactory(title="Lehti", parent=root)
    root = Page.objects.get(pk=root.pk)
    ask(SuperuserFactory(), [root], [languages["sv"]], branch=True)
    sent = {"locales": [languages["sv"].pk], "branch": "on"}
    answer = signed_in(client, EditorFactory()).post(form_of([root]), sent)
    assert answer.context["form"].non_field_errors()
    assert TranslationRequest.objects.count() == 1


def test_ticked_pages_lead_to_the_form(client, languages):
    pages = [ContentPageFactory(title=title) for title in ("Yksi", "Kaksi")]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "ask_for_translations"])
    client = signed_in(client, EditorFactory())
    answer = client.get(address, {"id": [page.pk for page in pages]}, follow=True)
    assert answer.context["things"] == ["Yksi", "Kaksi"]


@pytest.mark.parametrize("listing", ["explorer", "projects"])
def test_lists_have_the_action(client, languages, listing):
    ProjectFactory()
    address = {
        "explorer": reverse("wagtailadmin_explore", args=[project_index().pk]),
        "projects": reverse("project_listing:index"),
    }[listing]
    text = signed_in(client, EditorFactory()).get(address).content.decode()
    assert "ask_for_translations" in text


def test_the_address_of_upstream_asks_too(client, languages):
    """As a form that was opened before an update would send it."""
    page, theme = ContentPageFactory(title="Meistä"), ThemeFactory()
    organisation = OrganisationFactory()
    client = signed_in(client, EditorFactory())
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(address).url == form_of([page])
    answer = client.post(address, {"locales": [languages["sv"].pk]})
    assert answer.url == detail_of(TranslationRequest.objects.get())
    assert fresh(page, "sv")
    name = ["projects", "organisation", organisation.pk]
    address = reverse("wagtail_localize:submit_snippet_translation", args=name)
    assert client.get(address).url.endswith(f"?projects.organisation={organisation.pk}")
    assert client.post(address, {"locales": [languages["sv"].pk]}).status_code == 302
    assert organisation.get_translation(languages["sv"]).is_draft
    address = reverse(
        "wagtail_localize:submit_snippet_translation", args=["projects", "theme", theme.pk]
    )
    assert client.post(address, {"locales": [languages["sv"].pk]}).status_code in (302, 403)
    assert not theme.has_translation(languages["sv"])


@override("en")
def test_who_may_makes_what_another_might_not(client, languages):
    page = ProjectFactory(title="Silta", themes=[ThemeFactory(name="Työ")])
    made = ask(EditorFactory(), [page], [languages["ar"]])
    in_vain = signed_in(client, EditorFactory()).post(detail_of(made), {"again": "1"}, follow=True)
    assert [said.level_tag for said in in_vain.context["messages"]] == ["error"]
    client = signed_in(client, EditorFactory(join="Julkaisijat"))
    assert "You may not add to this register" in client.get(detail_of(made)).content.decode()
    assert client.post(detail_of(made), {"again": "1"}).status_code == 302
    assert set(made.versions.values_list("state", "message")) == {(State.DONE, "")}
    assert Theme.objects.get(locale=languages["ar"]).is_draft


def test_what_stands_still_goes_on_by_the_button(client, languages, monkeypatch):
    page = ContentPageFactory(title="Meistä")
    with monkeypatch.context() as patch:
        patch.setattr(preparing, "work_on", lambda *args: False)
        made = ask(SuperuserFactory(), [page], [languages["sv"]])
    client = signed_in(client, EditorFactory())
    assert 'data-waiting="1"' in client.get(detail_of(made)).content.decode()
    client.post(detail_of(made))
    assert made.versions.get().state == State.DONE


def test_a_request_of_many_is_shown_in_few_queries(
    client, languages, django_assert_max_num_queries
):
    pages = [ContentPageFactory(title=f"Sivu {number}") for number in range(12)]
    made = ask(SuperuserFactory(), pages, [languages["sv"], languages["ar"]])
    client = signed_in(client, EditorFactory())
    client.get(detail_of(made))
    with django_assert_max_num_queries(40):
        assert client.get(detail_of(made)).status_code == 200


def test_requests_are_listed_with_how_far_they_are(client, languages):
    page = ContentPageFactory(title="Meistä")
    made = ask(SuperuserFactory(username="liisa"), [page], [languages["sv"]])
    address = reverse("translation:requests")
    answer = signed_in(client, EditorFactory()).get(address)
    assert detail_of(made) in answer.content.decode()
    assert [(one.done, one.waiting, one.refused) for one in answer.context["object_list"]] == [
        (1, 0, 0)
    ]
    assert client.get(f"{address}?page=x").status_code == 404
    TranslationRequest.objects.update(finished_at=None)
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    assert signed_in(client, UserFactory()).get(address).status_code in (302, 403)


def test_a_page_with_pages_below_it_can_be_asked_for_again(client, languages):
    """It is in every language itself, and what was added below it is not."""
    root = ContentPageFactory(title="Juuri")
    for code in ("sv", "ar", "fi-simple"):
        translate(root, code)
    client = signed_in(client, EditorFactory())
    addresses = [
        reverse("wagtailadmin_explore", args=[root.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[root.pk]),
    ]
    link = reverse("wagtail_localize:submit_page_translation", args=[root.pk])
    assert not [path for path in addresses if link in client.get(path).content.decode()]
    ContentPageFactory(title="Lehti", parent=root)
    assert [path for path in addresses if link in client.get(path).content.decode()] == addresses
