"""An editor of one member goes everywhere: nothing says a word of what is another's."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import TaskState

from tests.members.addresses import SECRET, SOUGHT, MembersWorld, about
from tests.members.people import editor_of, member_with_editor
from tests.members.test_permission_table import ask
from tests.security.addresses import addresses
from tests.security.test_access import HARMLESS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def also(world: MembersWorld):
    """What is asked for by a query: exports, searches, several at once."""
    q = f"?q={SOUGHT}"
    for name in ("project_listing:index", "publication_listing:index"):
        yield from (f"{reverse(name)}{ask}" for ask in ("?export=csv", "?export=xlsx", q))
    for name in ("organisation", "person"):
        listing = reverse(f"wagtailsnippets_projects_{name}:list")
        yield from (f"{listing}?export=csv", f"{listing}{q}")
        chooser = f"wagtailsnippetchoosers_projects_{name}"
        thing = getattr(world, name)
        yield reverse(f"{chooser}:choose") + q
        yield reverse(f"{chooser}:chosen_multiple") + f"?id={thing.pk}"
    for kind, thing in (("images", world.image), ("docs", world.document)):
        yield reverse(f"wagtail{kind}:index") + q
        yield reverse(f"wagtail{kind}_chooser:choose") + q
        yield reverse(f"wagtail{kind}_chooser:chosen_multiple") + f"?id={thing.pk}"
    yield from (f"{reverse(name)}{q}" for name in ("wagtailadmin_pages:search",))
    yield f"{reverse('wagtailadmin_choose_page_search')}{q}"
    yield reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={world.project.pk}"
    yield reverse("wagtailadmin_choose_page_child", args=[world.project.pk])
    yield reverse("wagtailadmin_explore", args=[world.project.pk])
    yield from (f"/admin/api/main/{kind}/?fields=*&limit=20" for kind in ("pages", "images"))
    yield from (f"/admin/api/main/{kind}/{q}" for kind in ("pages", "images", "documents"))
    for report in ("site_history", "workflow", "workflow_tasks", "aging_pages"):
        yield reverse(f"wagtailadmin_reports:{report}") + "?export=csv"
    yield world.document.url


def logged(world: MembersWorld) -> None:
    """As if the owner had worked with it all."""
    for thing in (world.project, world.person, world.image, world.document):
        log(thing, "wagtail.edit", user=world.owner, title=f"{SECRET} loki")


@pytest.mark.parametrize("kind", ["project", "draft", "publication"])
def test_no_address_tells_of_another_members_things(client, kind):
    client.raise_request_exception = False
    world = MembersWorld(kind)
    logged(world)
    other = member_with_editor("Toinen jäsen")[1]
    told, faults = told_to(client, world, other)
    assert not told, "\n".join(told)
    assert faults == []


def told_to(client, world: MembersWorld, user) -> tuple[list[str], list[str]]:
    """The addresses that say the word, and those that fail."""
    told, faults = [], []
    everything = world.kind == "draft"
    known = addresses(world) if everything else [one.address for one in about(world)]
    client.force_login(user)
    for path in [*(one.path for one in known if "logout" not in one.path), *also(world)]:
        response, _tables = ask(client, path)
        if SECRET.casefold() in text_of(response).casefold():
            told.append(path)
        if response.status_code >= 500:
            faults.append(path)
    return told, faults


def test_the_member_itself_is_told(client):
    """Else the test above would be none."""
    world = MembersWorld("project")
    client.force_login(editor_of(world.organisation))
    told = [path for path in also(world) if SECRET in text_of(ask(client, path)[0])]
    assert len(told) > 20


def text_of(response) -> str:
    """All that an answer says, headers too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace") + str(response.headers)


def test_nothing_of_another_members_is_changed_by_a_post(client):
    client.raise_request_exception = False
    world = MembersWorld("draft")
    other = member_with_editor("Toinen jäsen")[1]
    written = {}
    client.force_login(other)
    for one in addresses(world):
        if one.route.startswith("admin/") and "<" in one.route:
            response, tables = ask(client, one.path, "post")
            assert response.status_code < 500, one.path
            written[str(one)] = tables - HARMLESS
    assert {name: tables for name, tables in written.items() if tables} == {}
    assert TaskState.objects.filter(status="in_progress").exists()
