"""Two records or projects become one, with all that names them, and two again."""

import json

import pytest
from django.apps import apps
from django.core import serializers
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from projects import joining
from projects.models import ImportRecord, Joining, Organisation, ProjectPage
from tests.factories import pages, records

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DERIVED = {"contenttypes", "sessions", "search", "core", "wagtailsearch", "auth", "tasks_db"}
SHARED = {"wagtailcore.ReferenceIndex", "wagtail_localize.String"}


def everything() -> dict:
    """Every row there is, but logs and what is worked out from other rows."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        skip = label.endswith("LogEntry") or model is Joining or label in SHARED
        if skip or model._meta.app_label in DERIVED or model._meta.proxy or not model._meta.managed:
            continue
        for row in json.loads(serializers.serialize("json", model._base_manager.all())):
            fields = {k: v for k, v in row["fields"].items() if not k.endswith("updated_at")}
            found[label, str(row["pk"])] = fields
    return found


def differences(before: dict, after: dict) -> dict:
    """By row and field, what was and what is."""
    found = {}
    for row in before | after:
        old, new = before.get(row, {}), after.get(row, {})
        for name in old | new:
            if old.get(name) != new.get(name):
                found[(*row, name)] = (old.get(name), new.get(name))
    return found


@pytest.fixture
def two():
    """An organisation written twice, both on one project, with a draft that names the second."""
    stays = records.OrganisationFactory(name="Kuusiston Setlementti ry")
    gone = records.OrganisationFactory(
        name="Kuusiston setlementti", business_id="1234567-1", is_member=True
    )
    return stays, gone


def translated(record, code: str, name: str):
    locale = records.LocaleFactory(language_code=code)
    copy = record.copy_for_translation(locale)
    copy.name, copy.is_draft = name, False
    copy.save()
    source, _created = TranslationSource.update_or_create_from_instance(record)
    Translation.objects.create(source=source, target_locale=locale)
    segment = source.stringsegment_set.get(context__path="name")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=locale, data=name
    )
    return copy


def test_an_organisation_is_one_again_and_two_again(two, commit):
    stays, gone = two
    swedish = translated(gone, "sv", "Granö Settlement rf")
    person = records.PersonFactory(organisation=gone)
    project = pages.ProjectFactory(
        organisations=[(stays, "lead"), (gone, "lead"), (gone, "partner")],
        funding=[(stays, "main", None), (gone, "main", 5000)],
    )
    project.save_revision().publish()
    project.lead = "Luonnos"
    draft = project.save_revision()
    ImportRecord.objects.create(
        kind="organisations",
        identifier="kuusto",
        translation_key=gone.translation_key,
        language="fi",
    )
    ImportRecord.objects.create(
        kind="organisations",
        identifier="kuusisto",
        translation_key=stays.translation_key,
        language="fi",
    )
    before = everything()

    done = commit(joining.join, stays, gone)

    stays = Organisation.objects.get(pk=stays.pk)
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    assert (stays.business_id, stays.is_member) == ("1234567-1", True)
    swedish.refresh_from_db()
    assert swedish.translation_key == stays.translation_key
    work = Translation.objects.get(source__object_id=stays.translation_key)
    assert work.source.get_translated_instance(swedish.locale) == swedish
    assert StringTranslation.objects.filter(
        context__object_id=stays.translation_key, translation_of__data=stays.name
    ).exists()
    person.refresh_from_db()
    assert person.organisation == stays
    rows = list(project.organisations.values_list("organisation", "role"))
    assert rows == [(stays.pk, "lead"), (stays.pk, "partner")]
    assert list(project.funding.values_list("organisation", "amount")) == [(stays.pk, 5000)]
    draft.refresh_from_db()
    told = draft.as_object()
    assert [(row.organisation_id, row.role) for row in told.organisations.all()] == rows
    assert [row.amount for row in told.funding.all()] == [5000]
    found = ImportRecord.objects.filter(translation_key=stays.translation_key)
    assert {(row.identifier, row.is_former) for row in found} == {
        ("kuusto", True),
        ("kuusisto", False),
    }

    commit(joining.undo, done)
    assert differences(before, everything()) == {}


def test_what_was_changed_since_is_not_taken_back(two):
    stays, gone = two
    project = pages.ProjectFactory(organisations=[(gone, "lead")])
    done = joining.join(stays, gone)
    row = project.organisations.get()
    row.role = "partner"
    row.save()
    joining.undo(done)
    row.refresh_from_db()
    assert (row.organisation_id, row.role) == (gone.pk, "partner"), "another field of the row"

    project.save_revision()
    done = joining.join(stays, gone)
    project.refresh_from_db()
    later = project.save_revision()
    with pytest.raises(joining.Refused, match=project.title):
        joining.undo(done)
    later.delete()
    joining.undo(done)

    done = joining.join(stays, gone)
    other = records.OrganisationFactory()
    project.organisations.update(organisation=other)
    with override("en"), pytest.raises(joining.Refused, match="has been changed since"):
        joining.undo(done)
    assert not Organisation.objects.filter(pk=gone.pk).exists()


def test_a_project_becomes_part_of_another(commit):
    organisation, person, theme = (
        records.OrganisationFactory(),
        records.PersonFactory(),
        records.ThemeFactory(),
    )
    stays = pages.ProjectFactory(title="Yhdessä", organisations=[(organisation, "lead")])
    stays.save_revision().publish()
    gone = pages.ProjectFactory(
        title="Yhdessä-hanke",
        code="S22000",
        lead="Lyhyesti",
        contacts=[person],
        themes=[theme],
        organisations=[(organisation, "lead"), (organisation, "partner")],
        municipalities=["205"],
    )
    gone.save_revision().publish()
    english = pages.translate(gone, "en", title="Together")
    publication = pages.PublicationFactory(projects=[gone])
    publication.save_revision()
    teller = pages.ContentPageFactory(
        body=[("text", f'<p><a linktype="page" id="{gone.pk}">a</a></p>')]
    )
    teller.save_revision().publish()
    address = gone.url
    before = everything()

    done = commit(joining.join, stays, gone)

    stays = ProjectPage.objects.get(pk=stays.pk)
    assert (stays.code, stays.lead, stays.title) == ("S22000", "Lyhyesti", "Yhdessä")
    assert [row.role for row in stays.organisations.all()] == ["lead", "partner"]
    assert [row.person for row in stays.contacts.all()] == [person]
    assert not Page.objects.filter(pk=gone.pk).exists()
    english = ProjectPage.objects.get(pk=english.pk)
    assert (english.translation_key, english.carries_facts) == (stays.translation_key, False)
    draft = stays.get_latest_revision_as_object()
    assert (draft.code, [row.role for row in draft.organisations.all()]) == (
        "S22000",
        ["lead", "partner"],
    )
    publication = publication.__class__.objects.get(pk=publication.pk)
    assert publication.projects.get().project_id == stays.pk
    assert publication.get_latest_revision_as_object().projects.get().project_id == stays.pk
    teller.refresh_from_db()
    assert f'id="{stays.pk}"' in str(teller.body.get_prep_value())
    assert Redirect.objects.get(redirect_page=stays).old_path == address.rstrip("/")

    commit(joining.undo, done)
    assert differences(before, everything()) == {}
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_project_file_goes_on_finding_what_was_joined(folder):
    data = folder.project()
    folder.load(data)
    known = Organisation.objects.get(name=data["records"]["organisations"]["kyt"]["name"])
    stays = records.OrganisationFactory(name="Sama toisin kirjoitettuna")
    joining.join(stays, known)
    count = Organisation.objects.count()
    folder.load(data)
    assert Organisation.objects.count() == count
    assert not Organisation.objects.filter(name=known.name).exists()
    stays.refresh_from_db()
    assert stays.name == "Sama toisin kirjoitettuna"
    project = ProjectPage.objects.get(locale__language_code="fi")
    assert stays in [row.organisation for row in project.organisations.all()] + [
        row.organisation for row in project.funding.all()
    ]
