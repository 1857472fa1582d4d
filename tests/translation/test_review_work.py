"""My work: a translator meets her languages, a reviewer what waits, nobody anything else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.translation import review
from cms.translation.models import CarriedTranslation, Work
from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import (
    EditorFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    project_index,
    translate,
)
from tests.translation import rights
from tests.translation.workplace import say, sent, translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
URL = "/admin/translation/work/"


@pytest.fixture
def page(commit):
    def make():
        for code in ("sv", "ar"):
            translate(project_index(), code)
        return ProjectFactory(title="Silta yli joen")

    return commit(make)


@pytest.fixture
def both(page, commit):
    return [commit(sent, page, code) for code in ("sv", "ar")]


def shown(client, query: str = "") -> list[tuple[str, str]]:
    response = client.get(URL + query)
    assert response.status_code == 200
    return [(item.title, item.code) for item in response.context["items"]]


def test_a_translator_meets_her_languages_only(client, both):
    client.force_login(translator("ar"))
    assert shown(client) == [("Silta yli joen", "ar")]
    assert shown(client, "?show=review") == []


def test_tells_words_left_due_why_and_note(client, both):
    work = Work.objects.get(translation=both[1])
    work.due_on = timezone.localdate() - timedelta(days=1)
    work.reason, work.comment, work.note = Work.Reason.RETURNED, "Otsikko on väärin.", "Kiire."
    work.save()
    client.force_login(translator("ar"))
    client.cookies.load({"django_language": "en"})
    html = client.get(URL).content.decode()
    for words in ("Late", "Returned", "Otsikko on väärin.", "Kiire.", "Arabic"):
        assert words in html
    assert ">3<" in "".join(html.split())
    front = client.get("/admin/").content.decode()
    assert "3 words left" in front
    assert "My work" in front


def test_due_first_and_paging(client, page, commit):
    def make():
        for number in range(60):
            sent(ProjectFactory(title=f"Silta {number:02}"), "ar")

    commit(make)
    last = Work.objects.get(translation__source__object_repr="Silta 59")
    Work.objects.filter(pk=last.pk).update(due_on=timezone.localdate())
    client.force_login(translator("ar"))
    assert shown(client)[0] == ("Silta 59", "ar")
    assert len(shown(client)) == 50
    assert len(shown(client, "?p=2")) == 10
    assert shown(client, "?order=title")[0] == ("Silta 00", "ar")
    assert shown(client, "?title=silta 07") == [("Silta 07", "ar")]
    client.get(URL)
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)
    assert len(queries) <= 20


def test_a_reviewer_meets_what_waits_for_her(client, both, commit):
    say(both[1])
    commit(review.hand_over, both[1], translator("ar"))
    for user, expected in (
        (EditorFactory(join=PUBLISHERS.name), [("Silta yli joen", "ar")]),
        (translator("ar", may_publish=True), [("Silta yli joen", "ar")]),
        (translator("sv", may_publish=True), []),
        (EditorFactory(join=EDITORS.name), []),
        (translator("ar"), []),
    ):
        client.force_login(user)
        assert shown(client, "?show=review") == expected, user


def test_the_story_on_the_screen(client, both, commit, page):
    """Handed over, reviewed side by side, returned with a reason, corrected, approved."""
    amina, reviewer = translator("ar"), EditorFactory(join=PUBLISHERS.name)
    say(both[1])
    client.force_login(amina)
    commit(client.post, f"/admin/translation/hand-over/{both[1].pk}/")
    work = Work.objects.get(translation=both[1])
    assert work.state == Work.State.IN_REVIEW
    url = f"/admin/translation/review/{work.pk}/"
    client.force_login(reviewer)
    html = client.get(url).content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert 'lang="fi" dir="ltr"' in html
    assert "ar Silta yli joen" in html
    assert "ar Silta yli joen" in client.get(f"{url}preview/").content.decode()
    refused = client.post(url, {"decision": "return", "comment": " "})
    assert refused.status_code == 422
    commit(client.post, url, {"decision": "return", "comment": "Otsikko on väärin."})
    client.force_login(amina)
    assert "Otsikko on väärin." in client.get(URL).content.decode()
    say(both[1], "{}: {}")
    commit(client.post, f"/admin/translation/hand-over/{both[1].pk}/")
    client.force_login(reviewer)
    commit(client.post, url, {"decision": "approve", "comment": ""})
    target = Page.objects.get(translation_key=page.translation_key, locale__language_code="ar")
    assert target.live
    assert target.title == "ar: Silta yli joen"


def test_nobody_else_opens_or_decides(client, page, commit):
    translation = commit(sent, page, "ar")
    say(translation)
    commit(review.hand_over, translation, translator("ar"))
    work = Work.objects.get(translation=translation)
    url = f"/admin/translation/review/{work.pk}/"
    client.force_login(translator("sv"))
    for address in (url, f"{url}preview/", f"{URL}{work.pk}/"):
        answer = client.get(address, follow=True)
        assert "Silta yli joen" not in answer.content.decode(), address
    for user in (translator("sv"), translator("ar")):
        client.force_login(user)
        for decision in ("approve", "return"):
            commit(client.post, url, {"decision": decision, "comment": "x"})
        commit(client.post, f"{url}publish/")
        commit(client.post, "/admin/translation/review/approve/", {"work": [work.pk]})
        assert Work.objects.get(pk=work.pk).state == Work.State.IN_REVIEW
    client.logout()
    assert client.get(url).status_code == 302


def test_several_languages_of_a_page_in_one_action(client, both, commit):
    for translation in both:
        say(translation)
        commit(review.hand_over, translation, SuperuserFactory())
    theme = commit(sent, ThemeFactory(name="Nuoret"), "ar")
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    client.cookies.load({"django_language": "en"})
    works = list(Work.objects.values_list("pk", flat=True))
    answer = commit(client.post, "/admin/translation/review/approve/", {"work": works}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert "Approved: 2." in said
    assert any("“Nuoret” (Arabic): There are words left" in sentence for sentence in said)
    states = dict(Work.objects.values_list("translation", "state"))
    assert states[both[0].pk] == states[both[1].pk] == Work.State.UP_TO_DATE
    assert states[theme.pk] == Work.State.REQUESTED


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "work/999/",
        "review/999/",
        "review/999/preview/",
        "review/999/withdraw/",
        "review/999/publish/",
        "hand-over/999/",
        "review/approve/",
    ],
)
def test_nonsense_makes_no_server_error(client, db, path, method):
    client.force_login(SuperuserFactory())
    data = {"work": ["x", "9" * 30, ""], "decision": "\0"}
    answer = getattr(client, method)(f"/admin/translation/{path}", data)
    assert answer.status_code in (302, 404, 405)


def test_a_target_that_is_gone_is_not_found(client, both):
    work = Work.objects.get(translation=both[1])
    Page.objects.filter(pk=both[1].get_target_instance().pk).delete()
    client.force_login(SuperuserFactory())
    for address in (f"{URL}{work.pk}/", f"/admin/translation/review/{work.pk}/"):
        assert client.get(address).status_code == 404
    assert client.get(URL).status_code == 200


def test_new_words_of_a_changed_string_are_marked(client, page, commit):
    translation = commit(sent, page, "ar")
    say(translation)
    commit(review.publish, Work.objects.get(translation=translation), SuperuserFactory())
    page.title = "Silta yli suuren joen"
    commit(page.save_revision().publish)
    StringTranslation.objects.filter(data="ar Silta yli joen").update(
        updated_at=timezone.now() - timedelta(days=1)
    )
    say(translation, only=1)
    work = commit(review.hand_over, translation, translator("ar"))
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    html = client.get(f"/admin/translation/review/{work.pk}/").content.decode()
    soup = BeautifulSoup(html, "html.parser")
    source, target = soup.select_one(".review-table tbody tr:not(.review-group)").select("td")
    assert "suuren" in source.ins.get_text()
    assert "joen" not in source.ins.get_text()
    assert "suuren" in target.ins.get_text()


def test_a_reviewer_is_told_which_words_are_those_of_the_source(client, page, commit):
    """Copied from the source they count as translated, as a name is; a whole page went so."""
    translation = commit(sent, page, "ar")
    commit(say, translation, "{1}")
    client.force_login(SuperuserFactory())
    address = reverse("translation:review", args=[translation.work.pk])
    assert "Sama kuin lähteessä" in client.get(address).content.decode()
    commit(say, translation)
    assert "Sama kuin lähteessä" not in client.get(address).content.decode()


def test_numbers_stay_from_left_to_right_in_arabic_words(client, page, commit):
    translation = commit(sent, page, "ar")
    commit(say, translation, "كلمات 2021–2023 و S12345")
    client.force_login(SuperuserFactory())
    text = client.get(reverse("translation:review", args=[translation.work.pk])).content.decode()
    assert 'كلمات <bdi dir="ltr">2021–2023</bdi> و <bdi dir="ltr">S12345</bdi>' in text


def test_the_editor_publishes_a_record_only_when_it_is_whole(client, commit):
    translation = commit(sent, ThemeFactory(name="Nuoret"), "ar")
    record = translation.get_target_instance()
    client.force_login(SuperuserFactory())
    url = reverse("wagtailsnippets_projects_theme:edit", args=[record.pk])
    commit(client.post, url, {"action": "publish"})
    record.refresh_from_db()
    assert record.is_draft
    say(translation)
    commit(client.post, url, {"action": "publish"})
    record.refresh_from_db()
    assert (record.name, record.is_draft) == ("ar Nuoret", False)


@pytest.mark.parametrize("by_parent", [False, True])
def test_ticked_pages_are_published_in_their_language(client, commit, by_parent):
    """The draft that was made for the translators has the source's words still."""
    rights.languages("ar")
    thing = rights.sent(ProjectFactory(title="Hanke", lead="Lyhyesti."), "ar")
    say(thing.translations["ar"])
    own = thing.versions["ar"]
    ticked = own.get_parent() if by_parent else own
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    commit(client.post, f"{url}?id={ticked.pk}", {"include_descendants": "on"})
    own.refresh_from_db()
    assert (own.live, own.title, own.lead) == (True, "ar Hanke", "ar Lyhyesti.")


def test_ticked_pages_whose_strings_are_to_be_checked_stay_as_they_are(client, commit):
    rights.languages("ar")
    thing = rights.sent(ProjectFactory(title="Hanke", lead="Lyhyesti."), "ar")
    say(thing.translations["ar"])
    row = StringTranslation.objects.get(data="ar Hanke")
    CarriedTranslation.objects.create(translation=row, earlier_source="Hanke.")
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    own = thing.versions["ar"]
    commit(client.post, f"{url}?id={own.pk}")
    own.refresh_from_db()
    assert not own.live


def reviewed(client, both, commit, **data):
    """The review of the Arabic version, in English; with data, the page after a decision."""
    say(both[1])
    work = commit(review.hand_over, both[1], translator("ar"))
    client.force_login(SuperuserFactory())
    client.cookies.load({"django_language": "en"})
    address = reverse("translation:review", args=[work.pk])
    answer = commit(client.post, address, data, follow=True) if data else client.get(address)
    return answer.content.decode()


def test_a_reviewer_is_told_that_the_source_is_not_public(client, page, both, commit):
    sentence = "becomes public without it"
    assert sentence not in reviewed(client, both, commit)
    Page.objects.filter(pk=page.pk).update(live=False)
    work = Work.objects.get(translation=both[1])
    assert sentence in client.get(reverse("translation:review", args=[work.pk])).content.decode()


@pytest.mark.parametrize("days", [None, 3])
def test_what_becomes_public_later_is_not_called_public(client, both, commit, days):
    when = days and timezone.now() + timedelta(days=days)
    Page.objects.filter(pk=both[1].get_target_instance().pk).update(go_live_at=when)
    text = reviewed(client, both, commit, decision="approve")
    assert ("is approved and public" in text) == (days is None)
    assert ("at the time set on the page" in text) == (days is not None)
