"""What a member's people send in forms: their own, and nothing that they may not know."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from projects.models import OrganisationRole, Person, ProjectPage
from tests.admin.test_project_form import add_url, form
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
)
from tests.members.people import editor_of, member_with_editor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def a(client):
    organisation, editor = member_with_editor("Yhdistys A")
    client.force_login(editor)
    return organisation


def of(*organisations) -> list[dict]:
    return inline_formset([{"organisation": one.pk, "role": "lead"} for one in organisations])


def made(slug="hanke") -> ProjectPage:
    return ProjectPage.objects.get(slug=slug)


def roles(page) -> dict[str, str]:
    draft = page.get_latest_revision_as_object()
    return {row.organisation.name: row.role for row in draft.organisations.all()}


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_new_project_gets_its_maker_as_lead_and_stays_in_reach(client, a):
    assert client.post(add_url(), form()).status_code == 302
    assert roles(made()) == {"Yhdistys A": OrganisationRole.LEAD}
    assert client.get(edit_url(made())).status_code == 200
    assert not made().live


def test_where_another_leads_the_maker_is_a_member(client, a):
    client.post(add_url(), form(organisations=of(OrganisationFactory(name="Säätiö"))))
    assert roles(made()) == {"Säätiö": "lead", "Yhdistys A": OrganisationRole.MEMBER}


def test_what_is_named_already_is_left_as_it_is(client, a):
    client.post(add_url(), form(organisations=of(a)))
    assert roles(made()) == {"Yhdistys A": "lead"}


@pytest.mark.parametrize("may_publish", [False, True])
def test_publishing_is_as_set(client, may_publish):
    _organisation, editor = member_with_editor("Yhdistys C", may_publish=may_publish)
    client.force_login(editor)
    client.post(add_url(), {**form(), "action-publish": "1"})
    assert made().live is may_publish
    page = made()
    page.lead = "Uusi"
    client.post(edit_url(page), {**form(organisations=of(_organisation)), "action-publish": "1"})
    assert made().live is may_publish


def test_its_own_name_cannot_be_taken_away(client, a):
    page = ProjectFactory(slug="hanke", organisations=[(a, "lead")])
    response = client.post(edit_url(page), form(organisations=of(OrganisationFactory())))
    rows = response.context["form"].formsets["organisations"]
    assert len(rows.non_form_errors()) == 1
    assert roles(page) == {"Yhdistys A": "lead"}


def test_staff_take_it_away_as_they_like(admin_client, client):
    organisation, _editor = member_with_editor("Yhdistys A")
    page = ProjectFactory(slug="hanke", organisations=[(organisation, "lead")])
    response = admin_client.post(edit_url(page), form(organisations=of(OrganisationFactory())))
    assert response.status_code == 302


def test_people_of_others_are_neither_taken_nor_named(client, a):
    stranger = PersonFactory(name="Salaisuus", organisation=OrganisationFactory())
    own = PersonFactory(organisation=a)
    contacts = inline_formset([{"person": one.pk, "public_until": ""} for one in (stranger, own)])
    response = client.post(add_url(), form(contacts=contacts))
    assert response.status_code == 200
    assert "Salaisuus" not in response.content.decode()
    contacts = inline_formset([{"person": own.pk, "public_until": ""}])
    assert client.post(add_url(), form(contacts=contacts)).status_code == 302


def test_who_is_named_on_the_project_already_stays(client, a):
    partner = PersonFactory(organisation=OrganisationFactory())
    page = ProjectFactory(slug="hanke", organisations=[(a, "lead")], contacts=[partner])
    contacts = inline_formset([{"person": partner.pk, "public_until": ""}])
    sent = form(contacts=contacts, organisations=of(a))
    assert client.post(edit_url(page), sent).status_code == 302
    draft = page.get_latest_revision_as_object()
    assert [row.person for row in draft.contacts.all()] == [partner]


@pytest.mark.parametrize("field", ["image", "logo", "social_image"])
def test_pictures_of_others_are_as_if_not_sent(client, a, field):
    picture = ImageFactory(title="Salaisuus")
    response = client.post(add_url(), form(**{field: picture.pk}))
    assert "Salaisuus" not in response.content.decode()
    assert getattr(made().get_latest_revision_as_object(), f"{field}_id") is None
    own = ImageFactory(collection=a.member_groups.get().collection)
    client.post(add_url(), form(**{field: own.pk}, slug="toinen", title="Toinen"))
    assert getattr(made("toinen").get_latest_revision_as_object(), f"{field}_id") == own.pk


def section(html: str):
    text = {"kind": "aims", "heading": "", "text": rich_text(html)}
    return streamfield([("section", text)])


def test_links_to_what_others_have_are_refused(client, a):
    hidden = ProjectFactory(title="Salaisuus", live=False)
    shown = ProjectFactory(title="Julkinen")
    document = DocumentFactory(title="Salaisuus")
    for html, status in (
        (f'<p><a linktype="page" id="{hidden.pk}">linkki</a></p>', 200),
        (f'<p><a linktype="document" id="{document.pk}">linkki</a></p>', 200),
        (f'<p><a linktype="page" id="{shown.pk}">linkki</a></p>', 302),
    ):
        response = client.post(add_url(), form(body=section(html)))
        assert response.status_code == status, html
        assert "Salaisuus" not in response.content.decode()


def test_pictures_in_a_text_are_its_own(client, a):
    stranger = ImageFactory(title="Salaisuus")
    image = {"image": stranger.pk, "decorative": "on", "alt_text": ""}
    body = streamfield([("figure", {"image": image, "caption": ""})])
    response = client.post(add_url(), form(body=body))
    assert "Salaisuus" not in response.content.decode()
    named = made().get_latest_revision_as_object().body[0].value["image"]
    assert named is None or named.pk != stranger.pk


def test_a_code_that_a_hidden_project_has_is_told_without_its_name(client, a):
    ProjectFactory(title="Salaisuus", code="S12345", live=False)
    response = client.post(add_url(), form(code="S12345"))
    assert "code" in response.context["form"].errors
    assert "Salaisuus" not in response.content.decode()


PERSON = {"name": "Maija Malli", "title": "ohjaaja", "email": "", "phone": "", "public_until": ""}


def person_form(**fields) -> dict:
    return {**PERSON, "photo": "", **fields}


@pytest.mark.parametrize("way", ["register", "chooser"])
@pytest.mark.parametrize("may_publish", [False, True])
def test_new_people_are_the_members_and_not_public_before_a_project_is(client, way, may_publish):
    organisation, editor = member_with_editor("Yhdistys A", may_publish=may_publish)
    client.force_login(editor)
    name = {
        "register": "wagtailsnippets_projects_person:add",
        "chooser": "wagtailsnippetchoosers_projects_person:create",
    }[way]
    client.post(reverse(name), person_form(show_on_contacts_page="on"))
    person = Person.objects.get()
    assert person.organisation == organisation
    assert person.show_on_contacts_page is may_publish
    stranger = OrganisationFactory()
    client.post(reverse(name), person_form(name="Muu", organisation=stranger.pk))
    assert Person.objects.count() == 1


def test_a_photograph_of_others_is_as_if_not_sent(client, a):
    picture = ImageFactory(title="Salaisuus")
    url = reverse("wagtailsnippets_projects_person:add")
    response = client.post(url, person_form(photo=picture.pk), follow=True)
    assert "Salaisuus" not in response.content.decode()
    assert Person.objects.get().photo is None


def test_people_who_are_public_are_changed_by_publishers_alone(client, a):
    url = "wagtailsnippets_projects_person:edit"
    person = PersonFactory(organisation=a, show_on_contacts_page=False)
    address = reverse(url, args=[person.pk])
    assert client.get(address).status_code == 200
    ProjectFactory(organisations=[(a, "lead")], contacts=[person])
    refused = client.get(address)
    assert refused.status_code == 302
    assert list(get_messages(refused.wsgi_request))
    client.force_login(editor_of(a, may_publish=True))
    assert client.get(address).status_code == 200
