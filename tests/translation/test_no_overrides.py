"""Nothing that is the same in every language can be overridden in one."""

import json

import polib
import pytest
from django.urls import reverse
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationContext,
    TranslationSource,
)

from projects.models import ProjectPage
from tests.admin.facts import REGISTERS, full_project
from tests.admin.test_fact_forms import state
from tests.factories import LocaleFactory, SuperuserFactory

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
THINGS = {"project": full_project, **REGISTERS}


@pytest.fixture
def staff(client, db):
    client.force_login(SuperuserFactory())
    return client


def sent(thing) -> Translation:
    source, _created = TranslationSource.get_or_create_from_instance(thing)
    made = Translation.objects.create(
        source=source, target_locale=LocaleFactory(language_code="sv")
    )
    made.save_target()
    return made


def same_everywhere(thing) -> list[str]:
    return [*thing.fact_names(), *(["slug"] if isinstance(thing, ProjectPage) else [])]


@pytest.mark.parametrize("name", THINGS)
def test_source_has_no_segment_of_a_fact(name):
    thing = THINGS[name]()
    source = sent(thing).source
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    paths |= set(source.overridablesegment_set.values_list("context__path", flat=True))
    paths |= set(source.relatedobjectsegment_set.values_list("context__path", flat=True))
    assert not {path.split(".")[0] for path in paths} & set(same_everywhere(thing))


@pytest.mark.parametrize("name", THINGS)
def test_override_of_a_fact_is_refused(staff, name):
    thing = THINGS[name]()
    made = sent(thing)
    for path in same_everywhere(thing):
        # As an older source has it.
        context, _created = TranslationContext.objects.get_or_create(
            object_id=made.source.object_id, path=path
        )
        segment = OverridableSegment.objects.create(
            source=made.source, context=context, order=1, data_json=json.dumps("x")
        )
        url = reverse("wagtail_localize:edit_override", args=[made.pk, segment.pk])
        answer = staff.put(url, "value=999999", content_type=FORM)
        assert answer.status_code == 403, path
        assert (
            "same in every language" in answer.json()["detail"] or "sama" in answer.json()["detail"]
        )
        assert not SegmentOverride.objects.exists()
        assert staff.delete(url).status_code == 404


def test_override_by_a_town_that_does_not_exist_is_refused(staff):
    project = full_project()
    made = sent(project)
    town = project.municipalities.get()
    context = TranslationContext.objects.create(
        object_id=made.source.object_id, path=f"municipalities.{town.pk}.municipality"
    )
    segment = OverridableSegment.objects.create(
        source=made.source, context=context, order=1, data_json=json.dumps(town.pk)
    )
    url = reverse("wagtail_localize:edit_override", args=[made.pk, segment.pk])
    assert staff.put(url, "value=999999", content_type=FORM).status_code == 403
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("path", ["code", "acronym", "website"])
def test_po_file_brings_words_alone(path):
    project = full_project()
    made = sent(project)
    before = state(project)
    po = made.export_po()
    po.append(polib.POEntry(msgid="S22354", msgstr="X1", msgctxt=path))
    for entry in po:
        if entry.msgctxt == "title":
            entry.msgstr = "Projekt"
    made.import_po(po)
    made.save_target(publish=True)
    page = made.get_target_instance()
    assert page.title == "Projekt"
    assert not getattr(page, path)
    assert state(project) == before
