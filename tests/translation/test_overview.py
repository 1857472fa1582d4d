"""Where each language stands: who sees which rows, and what they say."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.translation.models import Work
from cms.users.roles import PUBLISHERS
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    translate,
)
from tests.translation.workplace import say, sent, translator

pytestmark = pytest.mark.django_db
URL = "/admin/translation/languages/"


def cells(response, title: str) -> dict[str, tuple[str, int]]:
    row = next(row for row in response.context["rows"] if row.title == title)
    return {cell.locale.language_code: (cell.state, cell.words_left) for cell in row.cells}


def titles(response) -> set[str]:
    return {row.title for row in response.context["rows"]}


def test_tells_where_each_language_stands(client, languages, commit):
    page = ProjectFactory(title="Silta yli joen")
    sent(page, "ar")
    translate(page, "fi-simple", title="Silta")
    client.force_login(SuperuserFactory())
    response = client.get(URL)
    assert cells(response, "Silta yli joen") == {
        "fi": ("original", 0),
        "sv": ("missing", 0),
        "ar": ("requested", 3),
        "fi-simple": ("by_hand", 0),
    }
    html = response.content.decode()
    assert "Written by hand" in html or "Kirjoitettu käsin" in html


def test_records_stand_in_it_too(client, languages):
    theme = ThemeFactory(name="Nuoret ja työ")
    translation = sent(theme, "ar")
    say(translation)
    client.force_login(SuperuserFactory())
    assert titles(client.get(URL)).isdisjoint({"Nuoret ja työ"})
    states = cells(client.get(f"{URL}?kind=projects.theme"), "Nuoret ja työ")
    assert states["ar"] == ("in_progress", 0)
    assert states["sv"] == ("missing", 0)


def test_one_row_for_a_thing_in_the_language_first_written(client, languages):
    page = ProjectFactory(title="Silta")
    translate(page, "sv", title="Bron")
    client.force_login(SuperuserFactory())
    assert titles(client.get(URL)) >= {"Silta"}
    assert "Bron" not in titles(client.get(URL))


def test_shows_nobody_what_they_may_not_see(client, languages):
    """Finding 6: titles of drafts and names of persons to whoever may open the admin."""
    draft = ProjectFactory(title="Salainen luonnos", live=False)
    person = PersonFactory(name="Salla Salainen")
    sent(draft, "ar")
    sent(person, "ar")
    stranger = UserFactory()
    stranger.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    client.force_login(stranger)
    for url in (
        URL,
        f"{URL}?export=csv",
        reverse("wagtail_localize:translations_report"),
        reverse("wagtail_localize:translations_report_results"),
        reverse("wagtail_localize:translations_report") + "?export=csv",
        reverse("translation:work"),
        "/admin/",
    ):
        answer = client.get(url, follow=True)
        assert "alai" not in b"".join(answer).decode(), url


def test_a_translator_sees_only_her_language_and_what_it_concerns(client, languages):
    page, other = ProjectFactory(title="Silta"), ProjectFactory(title="Muu")
    sent(page, "ar")
    sent(other, "sv")
    client.force_login(translator("ar"))
    response = client.get(URL)
    assert titles(response) == {"Silta"}
    assert set(cells(response, "Silta")) == {"ar"}


def test_upstreams_report_leads_to_the_table(client, languages):
    client.force_login(SuperuserFactory())
    for name in ("translations_report", "translations_report_results"):
        response = client.get(reverse(f"wagtail_localize:{name}"))
        assert response.url == URL


@pytest.mark.parametrize(
    ("who", "most"),
    [
        (lambda: SuperuserFactory(), 15),
        (lambda: EditorFactory(join=PUBLISHERS.name), 16),
        # One more: which of the rights are not the translators'.
        (lambda: translator("sv", also=PUBLISHERS.name), 17),
    ],
    ids=["administrator", "publisher", "publisher who translates"],
)
def test_as_many_queries_for_500_pages_as_for_5(client, languages, who, most, commit):
    def asked(query: str = "") -> int:
        client.get(URL + query)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL + query)
        return len(queries)

    for place in range(5):
        sent(ContentPageFactory(title=f"Sivu {place}"), "sv")
    OrganisationFactory()
    client.force_login(who())
    few = asked()
    parent = Page.objects.get(depth=2, locale__language_code="fi")
    add_pages(parent, 495)
    assert few <= most
    assert asked() <= most
    assert asked("?kind=projects.organisation") <= most
    for query in ("?language=sv&state=missing", "?state=requested&late=on", "?title=sivu&p=3"):
        assert asked(query) <= most, query


def add_pages(parent: Page, count: int) -> None:
    """Many at once, as the database has them."""
    first = parent.numchild
    Page.objects.bulk_create(
        Page(
            path=parent.path + Page._int2str(first + place + 1).rjust(4, "0"),
            depth=parent.depth + 1,
            title=f"Sivu {place:04}",
            draft_title=f"Sivu {place:04}",
            slug=f"sivu-{place}",
            url_path=f"{parent.url_path}sivu-{place}/",
            locale=parent.locale,
            content_type=Page.objects.filter(depth__gt=2).first().content_type,
        )
        for place in range(count)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=first + count)


def test_filters(client, languages):
    page = ProjectFactory(title="Silta")
    ProjectFactory(title="Muu")
    theme = ThemeFactory(name="Teema")
    translation = sent(page, "ar")
    Work.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(SuperuserFactory())

    def found(query: str) -> set[str]:
        return titles(client.get(f"{URL}?{query}"))

    assert found("language=ar&state=requested") == {"Silta"}
    assert found("language=sv&state=requested") == set()
    assert found("late=on") == {"Silta"}
    assert found("kind=projects.theme") == {"Teema"}
    assert found("kind=projects.projectpage") == {"Silta", "Muu"}
    assert "Teema" not in found("kind=page")
    assert found("title=silta") == {"Silta"}
    assert "Silta" not in found("language=ar&state=missing")
    assert found("kind=projects.projectpage&language=ar&state=missing") == {"Muu"}
    assert "Muu" in found("state=missing&language=ar")
    assert found("state=missing&language=ar&kind=projects.theme") == {theme.name}
    assert translation.enabled


@pytest.mark.parametrize(
    "query",
    ["language=xx", "state=%00", "kind=a.b.c", "request=x", "p=x", "request=999999999999999999999"],
)
def test_nonsense_gets_a_table(client, languages, query):
    client.force_login(SuperuserFactory())
    assert client.get(f"{URL}?{query}").status_code == 200


def test_csv_has_the_rows_and_no_formula(client, languages):
    """Finding 6: upstream's CSV is empty lines."""
    page = ProjectFactory(title="=HYPERLINK(1)")
    sent(page, "ar")
    client.force_login(SuperuserFactory())
    client.cookies.load({"django_language": "en"})
    answer = client.get(f"{URL}?export=csv&kind=projects.projectpage")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, row = list(csv.reader(io.StringIO(text)))
    cells = dict(zip(heading, row, strict=True))
    assert cells["Title"] == "'=HYPERLINK(1)"
    assert cells["Arabic"] == "Requested"
    assert cells["Arabic: words left"] == "1"
    assert cells["Swedish"] == "Missing"


def test_the_front_page_leads_staff_to_what_changed(client, languages, commit):
    theme = commit(lambda: ThemeFactory(name="Nuoret"))
    translation = commit(sent, theme, "ar")
    say(translation)
    client.force_login(SuperuserFactory())
    url = f"{URL}?kind=projects.theme&state={Work.State.SOURCE_CHANGED}"
    assert url.replace("&", "&amp;") not in client.get("/admin/").content.decode()
    Work.objects.update(state=Work.State.SOURCE_CHANGED)
    front = client.get("/admin/").content.decode()
    assert url.replace("&", "&amp;") in front
    assert f"{URL}?kind=page" not in front
    assert titles(client.get(url)) == {"Nuoret"}
