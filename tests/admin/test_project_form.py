from datetime import date

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.translation.translators import set_up
from projects.models import Organisation, Person, ProjectPage
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    project_index,
    translate,
)

pytestmark = pytest.mark.django_db

CHILDREN = ProjectPage.fact_relations


def form(**fields) -> dict:
    data = {
        "title": "Hanke",
        "slug": "hanke",
        "lead": "",
        "date_precision": "day",
        "body": streamfield([]),
        "comments": inline_formset([]),
        **{name: inline_formset([]) for name in CHILDREN},
    }
    return nested_form_data({**data, **fields})


def add_url() -> str:
    return reverse("wagtailadmin_pages:add", args=["projects", "projectpage", project_index().pk])


def errors(response) -> str:
    return str(response.context["form"].errors)


def test_draft_with_blanks_is_saved(admin_client):
    response = admin_client.post(add_url(), form())
    assert response.status_code == 302
    assert not ProjectPage.objects.get(slug="hanke").live


def test_title_is_required_even_in_a_draft(admin_client):
    response = admin_client.post(add_url(), form(title=""))
    assert "title" in response.context["form"].errors


def test_section_without_text_is_a_draft_but_not_published(admin_client):
    blank = streamfield([("section", {"kind": "", "heading": "", "text": '{"blocks": []}'})])
    assert admin_client.post(add_url(), form(body=blank)).status_code == 302
    response = admin_client.post(
        add_url(), {**form(body=blank, slug="toinen"), "action-publish": "1"}
    )
    assert "body" in response.context["form"].errors


def test_same_code_names_the_other_project_and_loses_nothing(admin_client):
    ProjectFactory(title="Vanha hanke", code="S20688")
    response = admin_client.post(add_url(), form(code=" s20688 ", lead="Kirjoitettu teksti"))
    assert "Vanha hanke" in errors(response)
    assert "Kirjoitettu teksti" in response.content.decode()
    assert not ProjectPage.objects.filter(slug="hanke").exists()


def test_same_code_in_another_programme_or_language_is_no_clash(admin_client, swedish):
    old = ProjectFactory(title="Vanha", code="S1", programme=ProgrammeFactory())
    translate(old, "sv")
    new = form(code="S1", programme=ProgrammeFactory().pk)
    assert admin_client.post(add_url(), new).status_code == 302
    edit = reverse("wagtailadmin_pages:edit", args=[old.pk])
    same = form(title="Vanha", slug=old.slug, code="S1", programme=old.programme.pk)
    assert admin_client.post(edit, same).status_code == 302


def test_code_used_twice_is_shown_in_the_listing(admin_client):
    for title in ("Vanha", "Uusi"):
        ProjectFactory(title=title, code="S1")
    assert "Code used twice" in admin_client.get("/admin/projects/").content.decode()


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"start_date": date(2020, 1, 1), "end_date": date(2019, 1, 1)}, "end_date"),
        ({"extension_end_date": date(2020, 1, 1)}, "end_date"),
        (
            {"end_date": date(2020, 1, 1), "extension_end_date": date(2019, 1, 1)},
            "extension_end_date",
        ),
    ],
)
def test_impossible_period_gets_a_message_at_its_field(admin_client, dates, field):
    response = admin_client.post(add_url(), form(**dates))
    assert field in response.context["form"].errors


def chooser(model: str, view: str) -> str:
    return reverse(f"wagtailsnippetchoosers_projects_{model}:{view}")


def test_chooser_shows_records_of_the_sites_own_language(admin_client, swedish):
    organisation = OrganisationFactory(name="Yhdistys ry", short_name="YHD")
    organisation.copy_for_translation(swedish).save()
    html = admin_client.get(chooser("organisation", "choose")).json()["html"]
    assert html.count("Yhdistys ry") == 1
    assert "YHD" in html
    results = admin_client.get(chooser("organisation", "choose_results"), {"locale": "sv"})
    assert "Yhdistys ry" in results.content.decode()
    results = admin_client.get(chooser("organisation", "choose_results"), {"q": "nothing"})
    assert "Yhdistys ry" not in results.content.decode()


def test_organisation_and_person_are_added_while_choosing(admin_client):
    url = chooser("organisation", "create")
    data = {"name": "Uusi ry", "kind": "association"}
    answer = admin_client.post(url, data).json()
    assert answer["step"] == "chosen"
    organisation = Organisation.objects.get(name="Uusi ry")
    assert organisation.locale.language_code == "fi"
    data = {"name": "Uusi Ihminen", "organisation": organisation.pk}
    answer = admin_client.post(chooser("person", "create"), data).json()
    assert answer["result"]["string"] == "Uusi Ihminen"
    assert Person.objects.get().organisation == organisation


def test_chooser_refuses_to_add_for_whoever_may_not(client, member):
    member(set_up(["sv"])[0])
    client.post(chooser("person", "create"), {"name": "Uusi"})
    assert not Person.objects.exists()


def test_person_chooser_marks_the_expired(admin_client):
    PersonFactory(name="Gone", public_until=date(2020, 1, 1))
    html = admin_client.get(chooser("person", "choose")).json()["html"]
    assert "Hidden since 1 January 2020" in html


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_the_same_contact_or_funder_twice_is_refused_by_name(admin_client, swedish, code):
    """Be it in another language: that is the same one."""
    person, funder = PersonFactory(name="Maija Malli"), OrganisationFactory(name="Järvilän rahasto")
    rows = {person: person, funder: funder}
    if code == "sv":
        rows = {one: one.copy_for_translation(swedish) for one in rows}
        for copy in rows.values():
            copy.save()
    people = inline_formset([{"person": one.pk} for one in (person, rows[person])])
    grants = [{"organisation": one.pk, "role": "main"} for one in (funder, rows[funder])]
    data = form(contacts=people, funding=inline_formset(grants))
    page = admin_client.post(add_url(), data)
    told = page.context["form"].formsets
    assert "Maija Malli" in str(told["contacts"].errors)
    assert "Järvilän rahasto" in str(told["funding"].errors)
    assert not ProjectPage.objects.exists()

    apart = [{**row, "amount": amount} for row, amount in zip(grants, (1, 2), strict=True)]
    data = form(contacts=inline_formset([{"person": person.pk}]), funding=inline_formset(apart))
    assert admin_client.post(add_url(), data).status_code == 302
