"""The front page says what waits for this user, and each line leads to what it counts."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Workflow
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.translators import set_up
from cms.users.roles import EDITORS, PUBLISHERS
from search.models import MissedSearch
from tests.factories import (
    EditorFactory,
    ProjectFactory,
    PublicationFactory,
    project_index,
    publication_index,
)

pytestmark = pytest.mark.django_db


def panel(client) -> dict[str, tuple[int | None, str]]:
    """Label → its number and address; a button has no number."""
    soup = BeautifulSoup(client.get("/admin/").content, "html.parser")
    shown = {
        row.a.text.strip(): (int(row.find_all("td")[1].text), row.a["href"])
        for row in soup.select("#to-do-section tbody tr")
    }
    return shown | {
        link.text.strip(): (None, link["href"]) for link in soup.select("a.button[href*=choose]")
    }


def titles(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def draft_change(page) -> None:
    page.title += " muutettu"
    page.save_revision()


def test_drafts_and_unpublished_changes(admin_client):
    draft_change(ProjectFactory(title="Muuttunut"))
    ProjectFactory(title="Luonnos", live=False)
    ProjectFactory(title="Valmis")
    PublicationFactory(title="Opasluonnos", live=False)
    lines = panel(admin_client)
    count, url = lines["Projects with unpublished changes"]
    assert count == 1
    assert "Muuttunut" in titles(admin_client, url)
    assert "Valmis" not in titles(admin_client, url)
    count, url = lines["Projects not yet published"]
    assert count == 1
    assert "Luonnos" in titles(admin_client, url)
    assert "Valmis" not in titles(admin_client, url)
    count, url = lines["Publications not yet published"]
    assert count == 1
    assert "Opasluonnos" in titles(admin_client, url)
    assert "Publications with unpublished changes" not in lines


def test_a_review_waits_for_who_may_review(client, member):
    project = ProjectFactory(title="Tarkastettava")
    project.save_revision()
    Workflow.objects.first().start(project, EditorFactory())
    member(PUBLISHERS.name)
    count, url = panel(client)["Odottaa tarkastustasi"]
    assert count == 1
    assert "Tarkastettava" in titles(client, url)
    member(EDITORS.name)
    assert "Odottaa tarkastustasi" not in panel(client)


def test_translations_that_lack_words(client, member, swedish):
    project = ProjectFactory(title="Käännettävä", lead="Sanoja")
    source, _created = TranslationSource.get_or_create_from_instance(project)
    Translation.objects.create(source=source, target_locale=swedish).save_target(publish=False)
    member(set_up(["sv"])[0])
    count, url = panel(client)["Käännökset, joista puuttuu tekstejä"]
    assert count == 1
    assert "Käännettävä" in titles(client, url)


def test_projects_changed_since_they_were_translated(admin_client, swedish):
    project = ProjectFactory(title="Vanhentunut")
    project.save_revision().publish()
    source, _created = TranslationSource.get_or_create_from_instance(project)
    Translation.objects.create(source=source, target_locale=swedish)
    url = "/admin/projects/?missing=outdated"
    assert "Vanhentunut" not in titles(admin_client, url)
    TranslationSource.objects.update(last_updated_at=timezone.now() - timedelta(days=1))
    assert "Vanhentunut" in titles(admin_client, url)
    assert "missing=outdated" in titles(admin_client, "/admin/")


def test_searches_of_the_last_month_that_nobody_has_handled(admin_client, client, member):
    today = timezone.localdate()
    for words, days, handled in [("uusi", 30, False), ("vanha", 31, False), ("hoidettu", 0, True)]:
        MissedSearch.objects.create(
            language="fi",
            words=words,
            times=1,
            last_on=today - timedelta(days=days),
            handled=handled,
        )
    count, url = panel(admin_client)["Searches without an answer in the last 30 days"]
    assert count == 1
    html = titles(admin_client, url)
    assert "uusi" in html
    assert "vanha" not in html
    assert "hoidettu" not in html


def test_add_buttons_lead_to_a_form_for_who_may_add(client, member):
    project_index()
    publication_index()
    member(EDITORS.name)
    _none, url = panel(client)["Lisää hanke"]
    response = client.get(url, follow=True)
    assert response.redirect_chain[-1][0].endswith(f"projectpage/{project_index().pk}/")
    assert "Lisää julkaisu" in panel(client)
    member(set_up(["sv"])[0])
    assert "Lisää hanke" not in panel(client)


def test_nothing_is_said_where_nothing_waits(client, member):
    member(set_up(["sv"])[0])
    assert panel(client) == {}


def test_as_many_questions_for_many_pages(admin_client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get("/admin/")
        return len(queries)

    draft_change(ProjectFactory())
    ProjectFactory(live=False)
    asked()
    few = asked()
    for _again in range(8):
        draft_change(ProjectFactory())
        ProjectFactory(live=False)
    assert Locale.objects.exists()
    asked()  # what is held for an epoch is read anew
    # Wagtail's own panel of recent edits grows to five rows.
    assert asked() <= few + 20
