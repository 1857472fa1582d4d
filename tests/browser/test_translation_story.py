"""A project goes to the public in two languages, by the people who do it, step for step."""

import re
import urllib.error
import urllib.request
from collections import Counter

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import Translation

from cms.translation.models import Notice
from cms.users.roles import EDITORS, PUBLISHERS
from projects.models import ProjectPage
from projects.models.relations import OrganisationRole
from tests.browser.test_admin_axe import violations
from tests.factories import (
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    ProjectFactory,
    home_page,
    project_index,
    translate,
)
from tests.translation.editing import RICH, own_url, section

WORDS = {"ar": "كلمات عربية", "sv": "Svenska ord"}
PEOPLE = {
    "staff": EDITORS.name,
    "reviewer": PUBLISHERS.name,
    "arabic": "Kääntäjät: arabia",
    "swedish": "Kääntäjät: ruotsi",
}
CLOSED = 403


@pytest.fixture
def aito(transactional_db) -> ProjectPage:
    for code in WORDS:
        LocaleFactory(language_code=code)
        for page in (home_page(), project_index()):
            if not page.has_translation(LocaleFactory(language_code=code)):
                translate(page, code)
    call_command("set_up_translators", *WORDS)
    for name, group in PEOPLE.items():
        EditorFactory(username=name, email=f"{name}@example.org", join=group)
    lead = OrganisationFactory(name="Ikääntyneiden asialla")
    return ProjectFactory(
        title="AITO",
        lead="Arki sujuu omalla kielellä.",
        body=[section(RICH)],
        organisations=[(lead, OrganisationRole.LEAD)],
    )


@pytest.fixture
def enter(live_server, new_page):
    """A page of the admin for somebody who has signed in, in English."""

    def sign_in(name: str):
        page = new_page(locale="en", base_url=live_server.url, width=1400)
        page.goto("/admin/login/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill("correct horse")
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/admin/")
        return page

    return sign_in


@pytest.fixture
def public(live_server, aito):
    """What the public sees of the project and of its lists: status and bytes by address."""
    path = aito.get_url().split("/", 2)[2]
    addresses = [f"/{code}/{path}" for code in ("fi", *WORDS)]
    addresses += [f"/{code}/{path.split('/')[0]}/" for code in ("fi", *WORDS)]
    addresses += [f"/{code}/" for code in ("fi", *WORDS)]

    def read(address: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(live_server.url + address) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as fault:
            return fault.code, b""

    return lambda: {address: read(address) for address in addresses}


def sent_mails() -> Counter:
    """How many letters each has got; empties the box."""
    found = Counter(letter.to[0].split("@")[0] for letter in mail.outbox)
    mail.outbox.clear()
    return found


def version(thing, code: str) -> Translation:
    return Translation.objects.get(
        source__object_id=thing.translation_key, target_locale__language_code=code
    )


def translate_all(page, thing, code: str) -> None:
    """Every open string, by the keyboard."""
    page.goto(own_url(version(thing, code)))
    while page.locator("li[data-open]").count():
        row = page.locator("li[data-open]").first
        source = row.locator("[data-source]").inner_text()
        text = WORDS[code]
        if link := re.search(r"<a id=.*?</a>", source):
            text = f"{text} {re.sub(r'>.*?<', f'>{text}<', link[0])}"
        if "<b>" in source:
            text = f"{text} <b>{WORDS[code]}</b>"
        row.locator("textarea").fill(text)
        left = page.locator("li[data-open]").count()
        row.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("li[data-open]")).to_have_count(left - 1)


def hand_over(page, thing, code: str) -> None:
    page.goto(own_url(version(thing, code)))
    page.get_by_role("button", name=re.compile("review")).click()
    expect(page.get_by_text("Handed over")).to_be_visible()


def test_from_the_request_to_the_public(aito, enter, public):
    before = public()
    record = aito.organisations.first().organisation

    staff = enter("staff")
    staff.goto(f"{reverse('translation:request')}?pages={aito.pk}")
    staff.get_by_label("Arabic").check()
    staff.get_by_label("Swedish").check()
    staff.get_by_label("Note to the translators").fill("Kiitos!")
    assert violations(staff, "request") == []
    staff.get_by_role("button", name="Ask for translations").click()
    expect(staff.locator("#request-count")).to_contain_text("4 of 4 are ready")
    assert violations(staff, "requested") == []
    assert public() == before
    assert sent_mails() == {"arabic": 2, "swedish": 2}  # about the page, about the record

    swedish = enter("swedish")
    for thing in (aito, record):
        answer = swedish.goto(own_url(version(thing, "ar")))
        assert answer.status == CLOSED or "/admin/translation" not in swedish.url

    arabic = enter("arabic")
    arabic.goto(reverse("translation:work"))
    expect(arabic.get_by_role("row").filter(has_text="AITO")).to_contain_text("Arabic")
    expect(arabic.get_by_text("Svenska")).to_have_count(0)
    assert violations(arabic, "my work") == []
    for thing in (aito, record):
        translate_all(arabic, thing, "ar")
        hand_over(arabic, thing, "ar")
    assert violations(arabic, "handed over") == []
    assert public() == before
    assert sent_mails() == {"reviewer": 2, "staff": 1}  # staff look after the register

    reviewer = enter("reviewer")
    reviewer.goto(reverse("translation:review", args=[version(aito, "ar").work.pk]))
    assert violations(reviewer, "review") == []
    reviewer.get_by_label("Comment").fill("Otsikko on väärin.")
    reviewer.get_by_role("button", name="Return to the translator").click()
    expect(reviewer.get_by_text("was returned")).to_be_visible()
    assert public() == before
    assert sent_mails() == {"arabic": 1}

    arabic.goto(own_url(version(aito, "ar")))
    expect(arabic.get_by_text("Otsikko on väärin.")).to_be_visible()
    title = arabic.locator("li[data-string]").filter(has_text="AITO").first
    title.locator("textarea").fill("أيتو")
    title.get_by_role("button", name="Save", exact=True).click()
    expect(title.locator("textarea")).to_have_value("أيتو")
    arabic.reload()
    hand_over(arabic, aito, "ar")

    for thing in (aito, record):
        translate_all(swedish, thing, "sv")
        hand_over(swedish, thing, "sv")
    assert public() == before
    assert sent_mails() == {"reviewer": 3, "staff": 1}

    reviewer.goto(f"{reverse('translation:work')}?show=review")
    boxes = reviewer.locator("input[name=work]")
    expect(boxes).to_have_count(4)
    assert violations(reviewer, "to review") == []
    for box in boxes.all():
        box.check()
    reviewer.get_by_role("button", name="Approve the ticked").click()
    expect(reviewer.get_by_text("Approved: 4")).to_be_visible()
    # Four more for the staff would be six within the hour: they come as one.
    assert sent_mails() == {"staff": 1, "arabic": 2, "swedish": 2}
    assert not Notice.objects.filter(sent_at=None).exists()

    after = public()
    path = next(address for address in after if address.startswith("/ar/") and "aito" in address)
    assert after[path][0] == 200
    assert "أيتو" in after[path][1].decode()
    assert WORDS["sv"] in after[path.replace("/ar/", "/sv/")][1].decode()
    finnish = path.replace("/ar/", "/fi/")
    assert before[finnish][0] == after[finnish][0] == 200

    staff.goto(reverse("translation:overview"))
    expect(staff.get_by_role("row").filter(has_text="AITO")).to_contain_text("Up to date")
    assert violations(staff, "table") == []
