"""Likely twins where a name is typed: the address that tells them, and forms without a script."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cms.users.roles import EDITORS
from projects.models import Organisation, ProjectPage, Theme
from tests.factories import EditorFactory, SuperuserFactory, pages, project_index, records
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})


ADD = "wagtailsnippets_projects_organisation:add"


@pytest.fixture
def known():
    return records.OrganisationFactory(name="Kuusiston Setlementti ry", business_id="1234567-1")


def told(client, model: str, **asked) -> str:
    return client.get(reverse("twins", args=[model]), asked).content.decode()


def test_what_is_typed_is_answered_with_links_to_what_is_there(client, known):
    client.force_login(EditorFactory(join=EDITORS.name))
    edit = reverse("wagtailsnippets_projects_organisation:edit", args=[known.pk])
    for asked in ({"name": "kuusiston setlem"}, {"name": "Muu", "business_id": "1234567-1"}):
        answer = told(client, "organisation", **asked)
        assert (edit in answer) == ("business_id" in asked), asked
    assert edit in told(client, "organisation", name="kuusiston setlementti")
    own = {"name": known.name, "but": known.translation_key}
    assert not told(client, "organisation", **own).strip()
    assert not told(client, "organisation", name="\x00", but="x").strip()
    assert client.get(reverse("twins", args=["page"])).status_code == 404


def test_nobody_is_told_of_what_she_may_not_see(client, known):
    pages.ProjectFactory(title="Salainen hanke", live=False)
    client.force_login(translator("sv"))
    assert not told(client, "organisation", name=known.name).strip()
    assert not told(client, "projectpage", name="Salainen hanke").strip()
    client.force_login(SuperuserFactory())
    assert "Salainen hanke" in told(client, "projectpage", name="salainen")


@override("en")
def test_without_a_script_the_form_asks_once(client, known):
    client.force_login(SuperuserFactory())
    data = {"name": "Kuusiston setlementti", "kind": "association"}
    page = client.get(reverse(ADD)).content.decode()
    assert f'data-twins="{reverse("twins", args=["organisation"])}"' in page
    asked = client.post(reverse(ADD), data).content.decode()
    assert "Is it one of these that are there already?" in asked
    assert f'name="twins_seen" value="{known.translation_key}"' in asked
    assert Organisation.objects.count() == 1
    client.post(reverse(ADD), data | {"twins_seen": str(known.translation_key)})
    assert Organisation.objects.count() == 2
    other = Organisation.objects.exclude(pk=known.pk).get()
    edit = reverse("wagtailsnippets_projects_organisation:edit", args=[other.pk])
    client.post(edit, data | {"city": "Kuusisto"})
    other.refresh_from_db()
    assert other.city == "Kuusisto", "a name that stays is not asked about again"


@override("en")
def test_choosers_and_pages_ask_too(client):
    client.force_login(SuperuserFactory())
    theme = records.ThemeFactory(name="Työllisyys", slug="tyollisyys")
    url = Theme.snippet_viewset.chooser_viewset.get_url_name("create")
    answer = client.post(reverse(url), {"name": "työllisyys", "slug": "tyo"}).json()
    assert str(theme.translation_key) in answer["htmlFragment"]
    there = pages.ProjectFactory(title="Yhdessä eteenpäin")
    add = reverse("wagtailadmin_pages:add", args=["projects", "projectpage", project_index().pk])
    assert reverse("twins", args=["projectpage"]) in client.get(add).content.decode()
    assert told(client, "projectpage", name="Yhdessä eteenpäin -hanke").count("<li>") == 1
    assert ProjectPage.objects.get() == there
