"""Where each language stands: who sees which rows, what they say, what can be done with them."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.translation import review
from cms.translation.models import Work
from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    project_index,
    translate,
)
from tests.translation.workplace import say, sent, translator

pytestmark = pytest.mark.django_db
URL = "/admin/translation/languages/"


@pytest.fixture
def languages(commit):
    def make():
        for code in ("sv", "ar", "fi-simple"):
            LocaleFactory(language_code=code)
        for code in ("sv", "ar"):
            translate(project_index(), code)

    commit(make)


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
        (lambda: EditorFactory(join=PUBLISHERS.name), 15),
        # One more: which of the rights are not the translators'.
        (lambda: translator("sv", also=PUBLISHERS.name), 16),
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


def test_several_rows_are_approved_in_one_action(client, languages, commit):
    pages = [ProjectFactory(title=f"Silta {number}") for number in range(3)]
    handed_over = [commit(sent, page, code) for page in pages[:2] for code in ("sv", "ar")]
    for translation in handed_over:
        say(translation)
        commit(review.hand_over, translation, SuperuserFactory())
    unfinished = commit(sent, pages[2], "ar")
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    client.cookies.load({"django_language": "en"})
    rows = [f"page:{page.pk}" for page in pages]
    response = commit(client.post, URL, {"row": rows, "action": "approve"}, follow=True)
    live = Page.objects.filter(live=True, title__contains=" Silta").count()
    assert live == 4
    said = " ".join(map(str, response.context["messages"]))
    assert "Approved: 4." in said
    assert "“Silta 2” (Arabic): There are words left" in said
    assert Work.objects.get(translation=unfinished).state == Work.State.REQUESTED


def test_actions_are_refused_to_who_may_not(client, languages, commit):
    translation = commit(sent, ProjectFactory(title="Silta"), "ar")
    say(translation)
    commit(review.hand_over, translation, SuperuserFactory())
    row = f"page:{translation.source.get_source_instance().pk}"
    for user in (translator("ar"), translator("sv"), EditorFactory(join=EDITORS.name)):
        client.force_login(user)
        commit(client.post, URL, {"row": [row], "action": "approve"})
        assert Work.objects.get().state == Work.State.IN_REVIEW


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "approve"},
        {"row": ["page:x", ":", "page:99999999999999999999"]},
        {"row": "1"},
    ],
)
@pytest.mark.parametrize("action", ["approve", "remind", "nonsense"])
def test_nonsense_is_answered_with_a_sentence(client, languages, data, action):
    client.force_login(SuperuserFactory())
    assert client.post(URL, {"action": action, **data}).status_code == 302


def test_ticked_rows_lead_to_the_form_that_asks(client, languages):
    page, theme = ProjectFactory(title="Silta"), ThemeFactory(name="Nuoret")
    client.force_login(SuperuserFactory())
    rows = [f"page:{page.pk}", f"projects.theme:{theme.pk}"]
    answer = client.post(URL, {"row": rows, "action": "request", "in": "ar"}, follow=True)
    assert answer.status_code == 200
    assert {str(title) for title in answer.context["things"]} >= {"Silta", "Nuoret"}
    assert answer.context["form"].initial["locales"]


def test_translations_stay_valid(client, languages, commit):
    page = commit(lambda: ProjectFactory(title="Silta yli joen"))
    translation = commit(sent, page, "ar")
    say(translation)
    commit(review.publish, Work.objects.get(), SuperuserFactory())
    page.title = "Silta yli joen ja metsän"
    commit(page.save_revision().publish)
    work = Work.objects.get()
    assert (work.state, work.words_left) == (Work.State.SOURCE_CHANGED, 5)
    client.force_login(SuperuserFactory())
    client.post(URL, {"row": [f"page:{page.pk}"], "action": "valid"})
    work = Work.objects.get()
    assert (work.words_left, work.to_check) == (0, 1)


def test_reminding_writes_to_the_translators(client, languages, commit):
    page = ProjectFactory(title="Silta")
    commit(sent, page, "ar")
    translator("ar", email="amina@example.org")
    client.force_login(SuperuserFactory())
    commit(client.post, URL, {"row": [f"page:{page.pk}"], "action": "remind"})
    assert [letter.to for letter in mail.outbox] == [["amina@example.org"]]


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
