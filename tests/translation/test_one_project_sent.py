"""What it costs to send a whole project to the other languages, and to publish it there."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageLogEntry, ReferenceIndex
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from cms.translation.requests import ask
from projects.models import FundingRole, OrganisationRole, ProjectPage, ProjectTheme
from tests.factories import (
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
    project_index,
    translate,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ["sv", "en", "ru", "ar", "so"]
KINDS = ["background", "aims", "measures", "target_groups", "results", "outputs", "practices"]


def full_project() -> ProjectPage:
    """Every fact, seven sections of three passages each, and the list in all languages."""
    index = project_index()
    for code in LANGUAGES:
        locale = LocaleFactory(language_code=code)
        if not index.has_translation(locale):
            translate(index, code)
    people = [PersonFactory() for _ in range(3)]
    organisations = [OrganisationFactory() for _ in range(6)]
    text = "<p>Perheet kohtaavat.</p><p>Ja ammattilaiset.</p><ul><li>Kerran kuussa.</li></ul>"
    return ProjectFactory(
        title="Silta",
        lead="Perheet ja ammattilaiset kohtaavat.",
        search_description="Silta perheiden ja ammattilaisten välille.",
        acronym="SILTA",
        code="S1",
        programme=ProgrammeFactory(),
        start_date=date(2021, 3, 1),
        end_date=date(2023, 5, 31),
        extension_end_date=date(2023, 9, 30),
        date_precision="month",
        realised_public_funding=Decimal("290780"),
        website="https://example.org/",
        logo=ImageFactory(),
        image=ImageFactory(),
        organisations=[(each, OrganisationRole.PARTNER) for each in organisations],
        funding=[(each, FundingRole.CO_FUNDER, Decimal("10.50")) for each in organisations[:3]],
        municipalities=["240", "851", "205"],
        regions=["19"],
        themes=[ThemeFactory() for _ in range(3)],
        target_groups=[TargetGroupFactory() for _ in range(2)],
        contacts=people,
        body=[("section", {"kind": kind, "heading": "", "text": text}) for kind in KINDS],
    )


class Queries:
    """How many a block makes, without those of the site's own search index."""

    def __enter__(self):
        self.captured = CaptureQueriesContext(connection).__enter__()
        return self

    def __exit__(self, *error):
        self.captured.__exit__(*error)
        queries = [query["sql"] for query in self.captured.captured_queries]
        self.number = sum('"search_' not in sql and " search_index" not in sql for sql in queries)


@pytest.fixture
def project(commit) -> ProjectPage:
    return commit(full_project)


@pytest.fixture
def boss():
    return SuperuserFactory()


@pytest.fixture(autouse=True)
def _page_alone(monkeypatch):
    """Without the records that it names: each of those is a row of the request like a page."""
    monkeypatch.setattr("cms.translation.facts.records.records_of", lambda pages: {})


def send(boss, page: ProjectPage) -> None:
    locales = Locale.objects.filter(language_code__in=LANGUAGES)
    request = ask(boss, [page], locales)
    assert set(request.versions.values_list("state", flat=True)) == {"done"}


def others(page: ProjectPage):
    return ProjectPage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def children() -> dict[str, int]:
    return {
        name: ProjectPage._meta.get_field(name).related_model.objects.count()
        for name in ProjectPage.fact_relations
    }


def publish_translations(page: ProjectPage) -> None:
    found = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    for translation in found:
        translation.save_target(publish=True)


def test_sending_takes_few_queries_and_leaves_facts_where_they_are(boss, project, commit):
    before = children()
    with Queries() as queries:
        commit(send, boss, project)
    assert queries.number <= 350
    assert children() == before
    pages = others(project)
    assert {page.locale.language_code for page in pages} == set(LANGUAGES)
    for page in pages:
        assert not page.carries_facts
        assert (page.live, page.code, page.start_date, page.programme) == (False, "", None, None)
        assert page.title == project.title
        assert [block.id for block in page.body] == [block.id for block in project.body]
        assert page.get_latest_revision_as_object().title == project.title
        assert page.facts.code == "S1"
        assert TranslationLog.objects.filter(locale=page.locale).count() == 1
        assert PageLogEntry.objects.filter(
            page=page.pk, action="wagtail.copy_for_translation"
        ).exists()


def test_a_longer_text_takes_no_more_queries(boss, project, commit):
    counted = []
    for times in (1, 4):
        page = commit(full_project)
        page.body = [(block.block_type, block.value) for block in page.body] * times
        commit(lambda page=page: page.save_revision().publish())
        with Queries() as queries:
            commit(send, boss, page)
        counted.append(queries.number)
    assert counted[1] <= counted[0] + 5


def test_translations_are_updated_and_published_without_facts(boss, project, commit):
    commit(send, boss, project)
    source = TranslationSource.objects.get(object_id=project.translation_key)
    segment = StringSegment.objects.get(source=source, context__path="title")
    swedish = Locale.objects.get(language_code="sv")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=swedish, data="Bron"
    )
    commit(publish_translations, project)
    before = children()
    assert others(project).live().count() == len(LANGUAGES)
    assert others(project).get(locale=swedish).title == "Bron"
    project.code, project.lead = "S2", "Uusi johdanto."
    commit(lambda: project.save_revision().publish())
    source.update_from_db()
    commit(publish_translations, project)
    assert children() == before
    page = others(project).get(locale=swedish)
    assert (page.title, page.lead) == ("Bron", "Uusi johdanto.")
    assert (page.code, page.facts.code) == ("", "S2")
    assert not set(ProjectPage.fact_relations) & set(json.loads(source.content_json))


def test_a_source_that_has_not_changed_is_known_to_be_the_same(project):
    TranslationSource.get_or_create_from_instance(project)
    _source, changed = TranslationSource.update_or_create_from_instance(project)
    assert not changed
    project.code = "S2"
    assert not TranslationSource.update_or_create_from_instance(project)[1]


def test_passages_come_and_go_with_the_source(project):
    source, _created = TranslationSource.get_or_create_from_instance(project)
    before = set(source.stringsegment_set.values_list("pk", flat=True))
    project.body = [(block.block_type, block.value) for block in project.body][:3]
    project.save()
    source.update_from_db()
    rest = source.stringsegment_set.all()
    titles = [row.string.data for row in rest if row.context.path in ("title", "lead")]
    assert titles == [project.title, project.lead]
    assert len(before & {row.pk for row in rest}) >= 2
    assert all(row.context.field_path for row in rest)
    assert source.templatesegment_set.count() == 3


def test_publishing_with_six_languages_live_takes_few_queries(boss, project, commit):
    commit(send, boss, project)
    commit(publish_translations, project)
    page = ProjectPage.objects.get(pk=project.pk)
    page.code, page.lead = "S2", "Uusi johdanto."
    with Queries() as queries:
        commit(lambda: page.save_revision().publish())
    assert queries.number <= 200


def test_a_revision_goes_without_records_that_are_gone(project):
    revision = project.save_revision()
    organisation, theme = project.organisations.first().organisation, project.themes.first().theme
    organisation.delete()
    theme.delete()
    project.logo.delete()
    revision.refresh_from_db()
    page = revision.as_object()
    assert organisation.pk not in {row.organisation_id for row in page.organisations.all()}
    assert [page.organisations.count(), page.funding.count(), page.themes.count()] == [5, 2, 2]
    assert page.logo_id is None
    assert page.programme_id == project.programme_id
    revision.publish()


def test_one_save_indexes_a_page_once(project, monkeypatch):
    indexed = []
    update = ReferenceIndex.create_or_update_for_object
    monkeypatch.setattr(
        ReferenceIndex,
        "create_or_update_for_object",
        lambda record: (indexed.append(record.pk), update(record)),
    )
    page = project.get_latest_revision_as_object()
    page.themes = [ProjectTheme(theme=ThemeFactory()) for _ in range(3)]
    indexed.clear()
    page.save()
    assert indexed == [project.pk]
    indexed.clear()
    page.save_revision()
    assert indexed == []
    theme = page.themes.first().theme
    assert ReferenceIndex.get_references_to(theme).exists()
