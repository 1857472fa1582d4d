"""A record made for translators is met by nobody until its words are approved."""

import json
import re

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.facts.records import approve
from cms.translation.requests import ask
from projects.importing.writing import Export
from projects.models import Organisation, Person, ProjectPage, Theme
from projects.public import registers
from search.sources import SOURCES
from tests.factories import LocaleFactory, OrganisationFactory, SuperuserFactory
from tests.projects.facts import Visit, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ARABIC = "العربية"


@pytest.fixture
def page(commit) -> ProjectPage:
    return commit(make_site)


def drafts(page) -> list:
    """Arabic drafts of all that the project names, with words in Arabic that nobody approved."""
    arabic = LocaleFactory(language_code="ar")
    records = [
        page.programme,
        *(row.organisation for row in page.organisations.all()),
        *(row.organisation for row in page.funding.all()),
        *(row.theme for row in page.themes.all()),
        *(row.target_group for row in page.target_groups.all()),
        *(row.person for row in page.contacts.all()),
    ]
    ask(SuperuserFactory(), records, [arabic])
    made = []
    for record in records:
        source = Translation.objects.get(
            source__object_id=record.translation_key, target_locale=arabic
        )
        for segment in StringSegment.objects.filter(source=source.source):
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=arabic,
                data=f"{ARABIC} {record._meta.model_name}",
            )
        source.save_target(publish=True)
        made.append(type(record).objects.get(translation_key=record.translation_key, locale=arabic))
    return made


def told(client, page, code: str) -> dict[str, str]:
    visit = Visit(client, code, page)
    places = ("page", "jsonld", "list", "search", "csv", "json", "hits", "feed", "api", "contacts")
    return {place: plain(visit.read(place)) for place in places}


def plain(text: str) -> str:
    """JSON writes letters as numbers."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def test_the_public_meets_the_name_in_the_source_language(client, commit, page):
    before = told(client, page, "ar")
    made = commit(drafts, page)
    assert all(record.is_draft for record in made)
    assert any(ARABIC in getattr(record, record.words[0]) for record in made)
    after = told(client, page, "ar")
    assert not [place for place, text in after.items() if ARABIC in text]
    assert {place: "Entinen" in text for place, text in after.items()} == {
        place: "Entinen" in text for place, text in before.items()
    }
    assert re.search(r'lang="?fi"?[^<>]*>Entinenteema', after["page"])


def test_approved_it_is_met_by_its_own_name(client, commit, page):
    for record in commit(drafts, page):
        commit(approve, record)
        assert not type(record).objects.get(pk=record.pk).is_draft
    after = told(client, page, "ar")
    for place in ("page", "list", "search", "csv", "json", "api", "contacts"):
        assert ARABIC in after[place], place
    assert ARABIC not in "".join(told(client, page, "sv").values())


def test_search_has_no_word_of_a_draft(commit, page):
    commit(drafts, page)
    for source in SOURCES.values():
        for document in source.documents():
            assert ARABIC not in json.dumps(document, default=str, ensure_ascii=False)
            if document.type == "person":
                assert document.facets["language"] == ["fi"]


def test_project_files_leave_drafts_out(commit, page, tmp_path):
    made = commit(drafts, page)
    written = json.dumps(Export(tmp_path).project(page), default=str, ensure_ascii=False)
    assert ARABIC not in written
    for record in made:
        approve(record)
    written = json.dumps(Export(tmp_path).project(page), default=str, ensure_ascii=False)
    assert ARABIC in written


def test_a_record_whose_languages_are_all_drafts_is_unknown(commit, page):
    theme = page.themes.get().theme
    Theme.objects.filter(pk=theme.pk).update(is_draft=True)
    commit(page.save)
    assert registers().themes.get(theme.pk, "fi") is None
    assert list(SOURCES["project"].documents())


def test_whatever_way_it_is_made_a_new_language_is_a_draft(commit):
    """The way of wagtail-localize's own: a source, a translation, ``save_target``."""
    swedish = LocaleFactory(language_code="sv")
    record = OrganisationFactory(name="Rahasto")
    request = ask(SuperuserFactory(), [record], [swedish])
    made = Organisation.objects.get(translation_key=record.translation_key, locale=swedish)
    assert (made.is_draft, request.versions.get().state) == (True, "done")
    Translation.objects.get(source__object_id=record.translation_key).save_target()
    made.refresh_from_db()
    assert made.is_draft
    record.email = "r@example.org"
    record.save()
    made.refresh_from_db()
    assert (made.is_draft, made.email) == (True, "r@example.org")


def test_no_draft_is_offered_where_records_are_chosen(client, commit, page):
    made = [one for one in commit(drafts, page) if isinstance(one, Organisation | Person)]
    client.force_login(SuperuserFactory())
    for record in made:
        name = type(record).snippet_viewset.chooser_viewset.get_url_name("choose_results")
        answer = client.get(reverse(name), {"locale": "ar"})
        assert answer.status_code == 200
        assert f"/{record.pk}/" not in answer.content.decode()


def test_words_written_by_hand_are_no_draft(client):
    swedish = LocaleFactory(language_code="sv")
    record = OrganisationFactory(name="Rahasto")
    ask(SuperuserFactory(), [record], [swedish])
    Translation.objects.update(enabled=False)
    made = Organisation.objects.get(locale=swedish)
    client.force_login(SuperuserFactory())
    address = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[made.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"name": "Fonden"}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    made.refresh_from_db()
    assert (made.name, made.is_draft) == ("Fonden", False)
