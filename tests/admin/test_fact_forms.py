"""One form has the facts of a thing; the forms of its other languages show them to read."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from cms.users.roles import EDITORS
from projects.models import ProjectPage
from tests.factories import ProjectFactory, home_page, translate

from .facts import REGISTERS, full_project, in_language
from .test_project_form import form

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SHOWN = {
    "acronym": "AITO",
    "code": "S22354",
    "programme": "Sosiaalirahasto",
    "start_date": "2 January 2026",
    "end_date": "4 March 2027",
    "extension_end_date": "6 May 2027",
    "date_precision": "Month",
    "realised_public_funding": "1,234.50",
    "website": "https://aito.example.org/",
    "logo": "Tunnus",
    "image": "Kuva",
    "social_image": "Jakokuva",
    "organisations": "Yhdistys · Lead organisation",
    "funding": "Rahoittaja · Main funder · Amount in euro: 5,000",
    "municipalities": "Helsinki",
    "regions": "Pirkanmaa",
    "themes": "Osallisuus",
    "target_groups": "Nuoret",
    "contacts": "Maija Malli",
    "official_name": "Pitkä nimi",
    "award_date": "1 December 2025",
    "programme_part": "Länsi",
    "priority_axis": "Linja 5",
    "specific_objective": "Tavoite 10",
    "intervention": "Keino 112",
    "cofinancing_rate": "75.50",
    "register_state": "Käynnissä",
    "codes": "Register: EURA · Code: E77",
    "amounts": "Granted · European Union · Year: 2026 · Amount in euro: 600",
    "areas": "SE",
    "links": "Follows · Aiempi",
}


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def rows(**fields) -> dict:
    """What a form with facts in it would send, each of them changed."""
    return form(
        title="Projekt",
        slug="hanke",
        lead="I korthet.",
        code="X1",
        acronym="NEJ",
        start_date="1.2.2020",
        end_date="1.2.2021",
        website="https://other.example.org/",
        funding=inline_formset([]),
        **fields,
    )


def words(**fields) -> dict:
    """What the form of another language sends: no rows at all."""
    return nested_form_data(
        {
            "title": "Projekt",
            "slug": "hanke",
            "lead": "I korthet.",
            "body": streamfield([]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def state(page) -> dict:
    """All facts as the database has them."""
    page = ProjectPage.objects.get(pk=page.pk)
    facts = {name: getattr(page, page._meta.get_field(name).attname) for name in page.fact_fields}
    return facts | {
        name: list(getattr(page, name).values_list(flat=True)) for name in page.fact_relations
    }


def test_every_fact_is_looked_at_here():
    assert set(SHOWN) == set(ProjectPage.fact_names())


@pytest.fixture
def project(db):
    earlier = ProjectFactory(title="Aiempi", slug="aiempi")
    return full_project(links=[{"kind": "follows", "other": earlier}])


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", ["sv", "fi-simple"])
def test_fact_is_shown_to_read_and_has_no_field(admin_client, project, language, name):
    page = translate(project, language, title="Projekt")
    response = admin_client.get(edit_url(page))
    opened = response.context["form"]
    assert name not in opened.fields
    assert name not in opened.formsets
    text = response.content.decode()
    table = text[text.index('<table class="listing facts">') :].partition("</table>")[0]
    assert SHOWN[name] in table
    assert f'href="{edit_url(project)}"' in text


def test_page_that_carries_the_facts_has_all_fields(admin_client, project, swedish):
    translate(project, "sv")
    response = admin_client.get(edit_url(project))
    opened = response.context["form"]
    assert set(ProjectPage.fact_names()) <= {*opened.fields, *opened.formsets}
    assert '<table class="listing facts">' not in response.content.decode()


@pytest.mark.parametrize("sent", [rows, words])
@pytest.mark.parametrize("action", ["draft", "action-publish", "action-submit"])
def test_facts_sent_for_a_translation_are_not_read(admin_client, project, sent, action):
    page = translate(project, "sv", title="Gammalt")
    before = state(project)
    response = admin_client.post(edit_url(page), sent(**{action: "1"}))
    assert response.status_code == 302
    saved = ProjectPage.objects.get(pk=page.pk)
    draft = saved.get_latest_revision_as_object()
    assert draft.lead == "I korthet."
    assert saved.title == ("Projekt" if action == "action-publish" else "Gammalt")
    assert state(project) == before
    assert not any(getattr(draft, name).exists() for name in ProjectPage.fact_relations)
    assert (draft.code, draft.start_date, draft.website) == ("", None, "")


@pytest.mark.parametrize("sent", [rows, words])
def test_preview_of_a_translation_needs_no_rows(admin_client, project, sent):
    page = translate(project, "sv")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin_client.post(url, sent()).json() == {"is_valid": True, "is_available": True}
    shown = admin_client.get(url)
    assert shown.status_code == 200
    assert "I korthet." in shown.content.decode()


def test_code_of_another_project_is_asked_about_where_the_code_is(admin_client, project):
    other = ProjectFactory(title="Toinen", code="S1")
    page = translate(other, "sv")
    assert admin_client.post(edit_url(page), words(code="S22354")).status_code == 302
    response = admin_client.post(edit_url(other), form(title="Toinen", code="s22354"))
    assert "code" in response.context["form"].errors


def test_whoever_may_not_edit_the_facts_is_told_where_they_are(client, member, project):
    page = translate(project, "sv")
    member(EDITORS.name)
    group = Group.objects.get(name=EDITORS.name)
    GroupPagePermission.objects.filter(group=group).delete()
    swedish_home = home_page().get_translations().get()
    for name in ("add", "change"):
        GroupPagePermission.objects.create(group=group, page=swedish_home, permission_type=name)
    ProjectPage.objects.filter(pk=page.pk).update(owner=None)
    text = client.get(edit_url(page)).content.decode()
    assert "S22354" in text
    assert edit_url(project) not in text
    assert "(suomi)" in text


def test_page_first_written_in_swedish_has_the_facts(admin_client, swedish):
    finnish_index = ProjectFactory(title="Muu").get_parent()
    swedish_index = translate(finnish_index.specific, "sv")
    first = full_project(parent=swedish_index, slug="projekt")
    finnish = translate(first, "fi")
    assert "code" in admin_client.get(edit_url(first)).context["form"].fields
    response = admin_client.get(edit_url(finnish))
    assert "code" not in response.context["form"].fields
    assert f'href="{edit_url(first)}"' in response.content.decode()


def test_translation_editor_shows_the_facts_folded(admin_client, project, swedish):
    source, _created = TranslationSource.get_or_create_from_instance(project)
    made = Translation.objects.create(source=source, target_locale=swedish)
    made.save_target(publish=False)
    text = admin_client.get(edit_url(made.get_target_instance())).content.decode()
    folded = text[text.index('<section class="w-panel collapsed" id="facts-section"') :]
    folded = folded.partition("</section>")[0]
    assert all(shown in folded for shown in SHOWN.values())
    assert f'href="{edit_url(project)}"' in folded
    assert text.index("js-translation-editor") > text.index(folded)


def record_url(record) -> str:
    return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("with_editor", [False, True], ids=["form", "translation editor"])
def test_record_of_another_language_shows_the_facts(admin_client, swedish, register, with_editor):
    record = REGISTERS[register]()
    if with_editor:
        source, _created = TranslationSource.get_or_create_from_instance(record)
        made = Translation.objects.create(source=source, target_locale=swedish)
        made.save_target()
        copy = made.get_target_instance()
    else:
        copy = in_language(record, swedish)
    response = admin_client.get(record_url(copy))
    text = response.content.decode()
    assert f'href="{record_url(record)}"' in text
    table = text[text.index('<table class="listing facts">') :].partition("</table>")[0]
    for name in record.fact_names():
        value = getattr(record, name)
        if isinstance(value, str) and not record._meta.get_field(name).choices:
            assert value in table
        elif isinstance(value, date):
            assert f"{value.day} {value:%B} {value.year}" in table
    if not with_editor:
        assert set(response.context["form"].fields) & set(record.fact_names()) == set()
        assert set(record.words) <= set(response.context["form"].fields)
    first = admin_client.get(record_url(record))
    assert set(record.fact_names()) <= set(first.context["form"].fields)
    assert '<table class="listing facts">' not in first.content.decode()


@pytest.mark.parametrize("register", REGISTERS)
def test_facts_sent_for_a_record_of_another_language_are_not_read(admin_client, swedish, register):
    record = REGISTERS[register]()
    copy = in_language(record, swedish)
    sent = dict.fromkeys(record.fact_names(), "") | dict.fromkeys(record.words, "På svenska")
    assert admin_client.post(record_url(copy), sent).status_code == 302
    copy.refresh_from_db()
    assert [getattr(copy, name) for name in record.words] == ["På svenska"] * len(record.words)
    assert copy._facts() == type(record).objects.get(pk=record.pk)._facts() == record._facts()
