"""What can be done with ticked rows of the table of languages, and by whom."""

import pytest
from django.core import mail
from wagtail.models import Page

from cms.translation import review
from cms.translation.models import Work
from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import (
    EditorFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
)
from tests.translation.workplace import say, sent, translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
URL = "/admin/translation/languages/"


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


def test_reminding_nobody_is_not_called_a_success(client, languages, commit):
    page = commit(ProjectFactory, title="Silta")
    commit(sent, page, "ar")
    client.force_login(SuperuserFactory())
    data = {"row": [f"page:{page.pk}"], "action": "remind"}
    (said,) = commit(client.post, URL, data, follow=True).context["messages"]
    assert (said.level_tag, mail.outbox) == ("warning", [])


def test_rows_of_a_register_that_is_not_hers_get_a_sentence(client, languages):
    theme = ThemeFactory(name="Nuoret")
    client.force_login(EditorFactory(join=EDITORS.name))
    data = {"row": [f"projects.theme:{theme.pk}"], "action": "request"}
    answer = client.post(URL, data, follow=True)
    assert answer.redirect_chain[-1][0].startswith(URL)
    (said,) = answer.context["messages"]
    assert said.level_tag == "error"
