"""Joining in the admin: who may, and what the pages say."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cms.users.roles import EDITORS, PUBLISHERS
from projects.models import Joining, Organisation, ProjectPage
from tests.factories import EditorFactory, SuperuserFactory, pages, records
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})


@pytest.fixture
def two():
    stays = records.OrganisationFactory(name="Kuusiston Setlementti ry")
    return stays, records.OrganisationFactory(name="Kuusiston setlementti", city="Kuusisto")


def both(one, other) -> str:
    return reverse("join_two", args=[one._meta.model_name, one.pk, other.pk])


@override("en")
def test_two_ticked_records_are_joined_and_made_two_again(client, two):
    stays, gone = two
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    bulk = reverse("wagtail_bulk_action", args=["projects", "organisation", "join"])
    response = client.get(f"{bulk}?id={stays.pk}&id={gone.pk}")
    assert response.url == both(stays, gone)
    one = client.get(f"{bulk}?id={stays.pk}&next=/admin/snippets/projects/organisation/")
    assert one.url == "/admin/snippets/projects/organisation/"
    choose = client.get(reverse("join_choose", args=["organisation", stays.pk]))
    assert both(stays, gone) in choose.content.decode()
    assert "Kuusisto" in client.get(both(stays, gone)).content.decode()

    asked = client.post(both(stays, gone), {"stays": "x"})
    assert asked.status_code == 200
    assert Organisation.objects.count() == 2
    client.post(both(stays, gone), {"stays": stays.pk})
    assert Organisation.objects.get().city == "Kuusisto"

    done = Joining.objects.get()
    history = client.get(reverse("wagtailsnippets_projects_organisation:history", args=[stays.pk]))
    assert done.gone in history.content.decode()
    report = client.get(reverse("joined_report")).content.decode()
    undo = reverse("undo_joining", args=[done.pk])
    assert undo in report
    client.post(undo)
    assert Organisation.objects.count() == 2
    assert undo not in client.get(reverse("joined_report")).content.decode()
    again = client.post(undo, follow=True)
    assert "undone already" in again.content.decode()


def test_joining_asks_for_the_right_to_change_and_delete_both(client, two):
    done = Joining.objects.create(content_type_id=1, key=two[0].translation_key, steps=[])
    for user in (EditorFactory(join=EDITORS.name), translator("sv")):
        client.force_login(user)
        answers = [
            client.post(both(*two), {"stays": two[0].pk}),
            client.get(reverse("join_choose", args=["organisation", two[0].pk])),
            client.post(reverse("undo_joining", args=[done.pk])),
        ]
        # To the front page with a message, or what she may not see is not there.
        assert {answer.status_code for answer in answers} <= {302, 404}
        assert {answer.url for answer in answers if answer.status_code == 302} <= {"/admin/"}
    assert Organisation.objects.count() == 2


def test_an_editor_does_not_join_what_is_public(client):
    editor = EditorFactory(join=EDITORS.name)
    own = [pages.ProjectFactory(live=False, owner=editor) for _n in range(2)]
    public = pages.ProjectFactory(title="Julkinen", owner=editor)
    client.force_login(editor)
    client.post(both(own[0], public), {"stays": public.pk})
    assert ProjectPage.objects.count() == 3
    client.post(both(*own), {"stays": own[0].pk})
    assert ProjectPage.objects.count() == 2
    client.force_login(SuperuserFactory())
    client.post(both(own[0], public), {"stays": public.pk})
    assert list(ProjectPage.objects.all()) == [public]
