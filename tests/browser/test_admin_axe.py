"""The admin in Finnish, by axe with its best practices: a full project's form and the listings."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.browser.axe import run_axe
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Axe counts this one among its experiments; other checkers built on it ask for it all the same.
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}
TABS = "[data-controller~=w-tabs] [role=tab]:visible"
# Axe excuses two nameless searches that sit in different landmarks, a list of landmarks does not.
NAMELESS_SEARCHES = """() => [...document.querySelectorAll('[role=search]')]
  .filter((form) => form.checkVisibility() && !form.getAttribute('aria-label')).length"""
LISTINGS = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "project_listing:index",
    "publication_listing:index",
    "news_listing:index",
    "wagtailsnippets_projects_person:list",
    "wagtailsnippets_projects_organisation:list",
    "wagtailsnippets_projects_programme:list",
    "municipalities:index",
    "wagtailimages:index",
    "wagtaildocs:index",
    "synonymgroup:index",
    "terms:index",
    "terms:add",
    "wagtailusers_users:index",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
]


@pytest.fixture
def admin(live_server, new_page):
    user = SuperuserFactory(username="liisa")
    UserProfile.objects.create(user=user, preferred_language="fi")
    page = new_page(width=1400, height=1000, base_url=live_server.url)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def full_project():
    organisation, picture = OrganisationFactory(), ImageFactory()
    sections = [
        {"type": "section", "value": {"kind": kind, "heading": "", "text": "<p>Nuoret</p>"}}
        for kind in ("background", "aims", "results")
    ]
    return ProjectFactory(
        lead="Yhdessä kohti työtä.",
        acronym="SILTA",
        code="S12345",
        programme=ProgrammeFactory(),
        start_date=date(2020, 1, 1),
        logo=picture,
        image=picture,
        body=[
            *sections,
            {"type": "figure", "value": {"image": {"image": picture.pk, "alt_text": "Silta"}}},
            {"type": "quote", "value": {"text": "Sain työtä.", "source": "Osallistuja"}},
        ],
        organisations=[(organisation, "lead"), (organisation, "partner")],
        funding=[(organisation, "main", 100), (organisation, "own_share", None)],
        municipalities=["091", "049"],
        regions=["01"],
        themes=[ThemeFactory()],
        target_groups=[TargetGroupFactory()],
        contacts=[PersonFactory(), PersonFactory()],
    )


@pytest.fixture
def rows():
    """Something in every listing, and projects on more than one page of theirs."""
    PublicationFactory(projects=[ProjectFactory() for _ in range(60)])
    for factory in (PersonFactory, OrganisationFactory, ProgrammeFactory):
        factory.create_batch(2)
    ImageFactory()
    DocumentFactory()


def violations(page, state: str = "") -> list[str]:
    found = run_axe(page, OPTIONS)
    return [
        f"{page.url} {state} {violation['id']}: {' '.join(map(str, node['target']))}"
        f" {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def form_violations(page, path: str) -> list[str]:
    """On every tab. The editors of running text are drawn by script: wait for each of them."""
    page.goto(path)
    editors = page.locator("[data-draftail-input]").count()
    page.wait_for_function(
        "count => document.querySelectorAll('[role=textbox]').length >= count", arg=editors
    )
    tabs = page.locator(TABS)
    found = violations(page)
    for number in range(1, tabs.count()):
        tabs.nth(number).click()
        found += violations(page, tabs.nth(number).inner_text())
    return found


def test_every_tab_of_a_full_project(admin, full_project):
    edit = reverse("wagtailadmin_pages:edit", args=[full_project.pk])
    assert form_violations(admin, edit) == []
    assert admin.locator(TABS).count() >= 4
    admin.get_by_role("tab", name="Sisältö").click()
    assert admin.get_by_role("textbox", name="Teksti", exact=True).count() == 3
    assert admin.faults == []


def test_a_chooser_is_a_dialog_with_the_name_of_its_heading(admin, full_project):
    admin.goto(reverse("wagtailadmin_pages:edit", args=[full_project.pk]))
    choose = admin.locator("#id_logo-chooser [data-chooser-action-choose]").first
    choose.evaluate("button => button.click()")
    dialog = admin.get_by_role("dialog", name="Valitse kuva")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading", name="Valitse kuva")).to_be_visible()
    assert admin.faults == []


def test_other_forms(admin):
    body = [{"type": "heading", "value": "Otsikko"}, {"type": "text", "value": "<p>Teksti</p>"}]
    forms = [
        ("wagtailadmin_pages:edit", ContentPageFactory(body=body)),
        ("wagtailsnippets_projects_person:edit", PersonFactory()),
        ("wagtailimages:edit", ImageFactory()),
        ("wagtaildocs:edit", DocumentFactory()),
    ]
    found = []
    for name, thing in forms:
        found += form_violations(admin, reverse(name, args=[thing.pk]))
    admin.goto(reverse("wagtailimages:add_multiple"))
    assert found + violations(admin) == []
    assert admin.faults == []


def test_listings_with_a_row_chosen(admin, rows):
    projects = Page.objects.get(slug="hankkeet")
    paths = [*map(reverse, LISTINGS), reverse("wagtailadmin_explore", args=[projects.pk])]
    found, chosen = [], 0
    for path in paths:
        admin.goto(path)
        boxes = admin.locator("tbody [data-bulk-action-checkbox], li [data-bulk-action-checkbox]")
        if boxes.count():
            boxes.first.check()
            chosen += 1
        found += violations(admin)
        if path != reverse("wagtailadmin_home"):
            assert admin.evaluate(NAMELESS_SEARCHES) == 0, path
    assert found == []
    assert chosen >= 5
    assert admin.faults == []
