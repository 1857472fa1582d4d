"""Whatever an editor does, the index follows, in every locale concerned."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from wagtail.models import Locale, PageViewRestriction

from projects.models import FundingRole
from search.engines import database_engine, get_engine
from search.indexing import differences
from search.models import PendingDocument
from search.page import Highlighter
from search.question import SearchParameters
from search.service import ask, make_question
from tests.factories import (
    ContactsPageFactory,
    ContentPageFactory,
    DocumentFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
    ThemeFactory,
    project_index,
    translate,
)

BODY = [
    {"type": "section", "value": {"kind": "practices", "heading": "", "text": "<p>Verkot.</p>"}},
    {
        "type": "section",
        "value": {"kind": "practices", "heading": "Oma kokemus", "text": "<p>Kalat.</p>"},
    },
]

pytestmark = pytest.mark.django_db


def found(words: str, language: str = "fi", **facets) -> list[str]:
    parameters = SearchParameters(query=words, facets={k: (v,) for k, v in facets.items()})
    return [hit.title for hit in ask(parameters, language).result.hits]


def test_publish_and_unpublish(commit):
    project = commit(ProjectFactory, title="Kalastajien kurssit", live=False)
    assert found("kalastaja") == []
    commit(lambda: project.save_revision().publish())
    assert found("kalastaja") == ["Kalastajien kurssit"]
    project.refresh_from_db()
    commit(project.unpublish)
    assert found("kalastaja") == []


def test_an_edit_replaces_the_words(commit):
    project = commit(ProjectFactory, title="Kalastajien kurssit")
    project.title = "Ompelijoiden kurssit"
    commit(lambda: project.save_revision().publish())
    assert found("kalastaja") == []
    assert found("ompelija") == ["Ompelijoiden kurssit"]


def test_headings_of_sections_are_in_the_language_of_the_record(commit):
    """Whatever language is active where the indexing happens."""
    with translation.override("en"):
        commit(ProjectFactory, title="Kalastajien kurssit", body=BODY)
    assert found("promising") == []
    assert found("lupaava") == ["Kalastajien kurssit"]
    assert found("oma kokemus") == ["Kalastajien kurssit"]
    for language in ("en", "ar", None):
        with translation.override(language):
            assert differences(database_engine()) == (set(), set())
    hit = ask(SearchParameters(query="verkko"), "fi").result.hits[0]
    plan = make_question("verkko", "fi").plan
    assert "käytännöt · <mark>Verkot</mark>" in Highlighter(plan).excerpt(hit)


def test_delete(commit):
    project = commit(ProjectFactory, title="Kalastajien kurssit")
    commit(project.delete)
    assert found("kalastaja") == []
    assert PendingDocument.objects.count() == 0


def test_move_and_slug_change_the_address(commit):
    page = commit(ContentPageFactory, title="Kahvila")
    other = commit(ContentPageFactory, title="Toiminta", slug="toiminta")
    commit(page.move, other, pos="last-child")
    hit = ask(SearchParameters(query="kahvila"), "fi").result.hits[0]
    assert hit.url == f"/fi/toiminta/{page.slug}/"
    other.slug = "tekeminen"
    commit(lambda: other.save_revision().publish())
    hit = ask(SearchParameters(query="kahvila"), "fi").result.hits[0]
    assert hit.url == f"/fi/tekeminen/{page.slug}/"


def test_renamed_funder_theme_and_file(commit):
    funder = OrganisationFactory(name="Satakunnan säätiö")
    theme = ThemeFactory(name="Kalastus", slug="kalastus")
    document = DocumentFactory()
    project = commit(
        ProjectFactory, title="Rannikko", funding=[(funder, FundingRole.MAIN, None)], themes=[theme]
    )
    publication = commit(
        PublicationFactory,
        title="Opas",
        projects=[project],
        files=[{"language": "fi", "document": document}],
    )
    funder.name = "Lounaisrannan rahasto"
    commit(funder.save)
    assert sorted(found("lounaisranta")) == ["Lounaisrannan rahasto", "Rannikko"]
    assert found("satakunta") == []
    theme.name = "Verkkojen paikkaus"
    commit(theme.save)
    assert sorted(found("verkko")) == ["Rannikko", "Verkkojen paikkaus"]
    document.text = "Silakoiden fileeraaminen"
    commit(document.save)
    assert found("silakka") == [publication.title]


def test_organisations_themes_and_places_come_and_go_with_what_names_them(commit):
    lead, theme = OrganisationFactory(name="Majakka ry"), ThemeFactory(name="Luotsaus")
    facts = {"organisations": [(lead, "lead")], "themes": [theme], "municipalities": ["205"]}
    project = commit(ProjectFactory, title="Silta", **facts)
    assert sorted(found("majakka")) == ["Majakka ry", "Silta"]
    assert sorted(found("Kajaani")) == ["Kajaani", "Silta"]
    assert sorted(found("luotsaus")) == ["Luotsaus", "Silta"]
    commit(project.unpublish)
    assert (found("majakka"), found("Kajaani"), found("luotsaus")) == ([], [], [])
    commit(project.save_revision().publish)
    assert sorted(found("majakka")) == ["Majakka ry", "Silta"]
    assert differences(database_engine())[0] == set()


def test_every_locale_has_the_best_version(commit):
    for code in ("en", "ar"):
        Locale.objects.get_or_create(language_code=code)
    project = commit(ProjectFactory, title="Kalastajien kurssit", acronym="KALA")
    assert found("KALA", "en") == found("KALA", "ar") == ["Kalastajien kurssit"]
    english = commit(translate, project, "en", title="Courses for fishers")
    assert found("fisher", "en") == ["Courses for fishers"]
    assert found("KALA", "ar") == ["Kalastajien kurssit"]
    commit(english.unpublish)
    assert found("KALA", "en") == ["Kalastajien kurssit"]


def test_a_person_is_gone_the_day_after(commit, monkeypatch):
    today = timezone.localdate()
    commit(ContactsPageFactory)
    person = commit(PersonFactory, name="Aino Esimerkki", public_until=today)
    assert found("Aino Esimerkki") == ["Aino Esimerkki"]
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: today + timedelta(days=1))
    assert found("Aino Esimerkki") == []
    assert differences(database_engine())[1], "the document itself is stale from that day"
    call_command("check_search", verbosity=0)
    assert dict(get_engine(database_engine()).ids()) == {}
    assert person.pk


def test_a_password_hides_a_branch(commit):
    commit(ProjectFactory, title="Kalastajien kurssit")
    restriction = PageViewRestriction(
        page=project_index(), restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    commit(restriction.save)
    assert found("kalastaja") == []
    commit(restriction.delete)
    assert found("kalastaja") == ["Kalastajien kurssit"]


def test_rolled_back_edit_leaves_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        ProjectFactory(title="Kalastajien kurssit")
    assert found("kalastaja") == []


def test_check_search_finds_and_mends(commit, capsys):
    project = commit(ProjectFactory, title="Kalastajien kurssit")
    engine = get_engine(database_engine())
    engine.delete([f"project:{project.translation_key}:fi"])
    with pytest.raises(CommandError):
        call_command("check_search", "--dry-run")
    call_command("check_search")
    assert found("kalastaja") == ["Kalastajien kurssit"]
    assert differences(engine.name) == (set(), set())


def test_rebuild_keeps_only_what_there_is(commit):
    project = commit(ProjectFactory, title="Kalastajien kurssit")
    type(project).objects.filter(pk=project.pk).update(title="Ompelijoiden kurssit")
    call_command("rebuild_search", verbosity=0)
    assert found("ompelija") == ["Ompelijoiden kurssit"]
