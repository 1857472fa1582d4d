"""The frame of the site: made once in every language, and an editor's page left alone."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from home.models import ContentPage, HomePage, SiteSettings
from projects.importing import load_site
from projects.models import ProjectIndexPage

pytestmark = pytest.mark.django_db

SITE = """
format: 1
settings: {association_name: Katto ry, accent_colour: "#1d5c56", privacy_page: privacy}
home:
  title: Katto
  lead: Tervetuloa.
  body: [{kind: text, text: Me olemme katto.}]
  translations:
    en: {title: Roof, lead: Welcome., body: {text: {text: We are a roof.}}}
    fi-simple: {title: Katto helposti, body: [{kind: text, text: Hei.}]}
pages:
  - id: projects
    type: projects
    slug: hankkeet
    title: Hankkeet
    show_in_menus: true
    translations: {en: {title: Projects}}
  - id: privacy
    type: content
    slug: tietosuoja
    title: Tietosuoja
    body: [{kind: text, text: Hei.}]
"""


@pytest.fixture
def site(folder):
    return folder.write(SITE, "site.yaml")


def test_every_language_gets_home_and_lists_and_a_second_run_changes_nothing(site):
    assert load_site(site).changed
    home = Site.objects.get(is_default_site=True).root_page.specific
    assert home.lead == "Tervetuloa."
    for code, _name in settings.LANGUAGES:
        page = HomePage.objects.get(locale__language_code=code)
        assert page.translation_key == home.translation_key
        assert page.live, code
        assert ProjectIndexPage.objects.get(locale__language_code=code).slug == "hankkeet"
    assert HomePage.objects.get(locale__language_code="en").title == "Roof"
    assert HomePage.objects.get(locale__language_code="fi-simple").title == "Katto helposti"
    assert ProjectIndexPage.objects.get(locale__language_code="en").show_in_menus
    stored = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    assert stored.privacy_page.slug == "tietosuoja"
    pages = Page.objects.count()
    outcome = load_site(site)
    assert (outcome.changed, outcome.kept) == ([], [])
    assert Page.objects.count() == pages


def test_lists_made_by_an_import_are_taken_over(folder, site):
    folder.load(folder.project())
    load_site(site)
    assert ProjectIndexPage.objects.get(locale__language_code="en").title == "Projects"
    assert ProjectIndexPage.objects.filter(locale__language_code="fi").count() == 1
    assert HomePage.objects.get(locale__language_code="en").title == "Roof"


def test_an_editor_s_page_and_settings_stay(site):
    load_site(site)
    page = ContentPage.objects.get(locale__language_code="fi")
    page.title = "Meidän tietosuoja"
    page.save_revision().publish()
    SiteSettings.objects.update(association_name="Toinen ry")
    site.write_text(SITE.replace("title: Tietosuoja", "title: Uusi").replace("Katto ry", "X ry"))
    outcome = load_site(site)
    assert ContentPage.objects.get(locale__language_code="fi").title == "Meidän tietosuoja"
    assert SiteSettings.objects.get().association_name == "Toinen ry"
    assert len(outcome.kept) == 2


def test_a_fault_in_the_site_file_is_told(folder, capsys):
    folder.write(SITE.replace("privacy_page: privacy", "privacy_page: private"), "site.yaml")
    with pytest.raises(CommandError):
        call_command("load_sample", "--folder", str(folder.path))
    assert "settings.privacy_page" in capsys.readouterr().err
    assert not ProjectIndexPage.objects.exists()
