"""A record of a register that goes in one language is still there in another: nothing loses it."""

import pytest

from projects.models import Organisation, ProjectPage
from tests.factories import (
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def in_swedish(record):
    return type(record)._base_manager.create(
        locale=LocaleFactory(language_code="sv"),
        translation_key=record.translation_key,
        name=f"{record.name} sv",
        **({"slug": record.slug} if hasattr(record, "slug") else {}),
    )


@pytest.fixture
def named():
    records = {
        "funder": OrganisationFactory(name="Rahasto"),
        "theme": ThemeFactory(name="Työ", slug="tyo"),
        "group": TargetGroupFactory(name="Nuoret", slug="nuoret"),
        "programme": ProgrammeFactory(name="ESR"),
    }
    records["person"] = PersonFactory(name="Aino Esimerkki", organisation=records["funder"])
    project = ProjectFactory(
        title="Silta",
        programme=records["programme"],
        themes=[records["theme"]],
        target_groups=[records["group"]],
        funding=[(records["funder"], "main", 100)],
        contacts=[records["person"]],
    )
    return records, project


def told(project):
    page = ProjectPage.objects.get(pk=project.pk)
    return {
        "funder": [row.organisation.name for row in page.funding.all()],
        "theme": [row.theme.name for row in page.themes.all()],
        "group": [row.target_group.name for row in page.target_groups.all()],
        "person": [row.person.name for row in page.contacts.all()],
        "programme": [page.programme.name] if page.programme else [],
    }


@pytest.mark.parametrize("name", ["funder", "theme", "group", "person", "programme"])
@pytest.mark.parametrize("many", [False, True])
def test_what_named_it_names_it_in_the_language_that_stays(named, name, many):
    records, project = named
    swedish = in_swedish(records[name])
    if many:
        type(records[name]).objects.filter(pk=records[name].pk).delete()
    else:
        records[name].delete()
    assert told(project)[name] == [swedish.name]


@pytest.mark.parametrize("name", ["funder", "theme", "group", "person", "programme"])
def test_gone_in_all_languages_nobody_names_it(named, name):
    records, project = named
    in_swedish(records[name])
    key = records[name].translation_key
    type(records[name]).objects.filter(translation_key=key).delete()
    assert told(project)[name] == []


def test_an_employer_stays_too(named):
    records, _project = named
    swedish = in_swedish(records["funder"])
    records["funder"].delete()
    records["person"].refresh_from_db()
    assert records["person"].organisation == swedish
    Organisation.objects.all().delete()
    records["person"].refresh_from_db()
    assert records["person"].organisation is None
