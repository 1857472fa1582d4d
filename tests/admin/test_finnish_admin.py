"""The admin as a Finnish editor meets it: every page of it, and not a word of English."""

import json
import re

import pytest
from bs4 import BeautifulSoup, Comment
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from wagtail.admin.paginator import WagtailPaginator
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, ModelLogEntry, Page, Workflow
from wagtail_localize.models import Translation, TranslationSource

from cms.translation import catalogues
from home.models import SiteSettings
from projects.models import Organisation, Person, ProjectPage, Theme
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    PublicationFactory,
    SuperuserFactory,
    ThemeFactory,
    home_page,
)

from .test_project_form import form

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Words that English cannot do without and Finnish does not have.
ENGLISH = re.compile(
    r"\b(the|this|that|these|and|or|of|to|from|with|without|your|you|has|have|been|was|were|are"
    r"|not|any|all|by|for|will|can|cannot|could|should|when|which|page|pages|search|save|saved"
    r"|edit|edited|create|created|delete|add|new|choose|select|upload|update|updated|publish"
    r"|published|status|preview|close|open|show|hide|view|title|name|entry|entries|error|errors"
    r"|changes|history|locale|locales|translate|translation|translations|submit|settings|usage"
    r"|first|last|more|less|back|next|previous|image|images|document|documents|user|users|group"
    r"|groups|site|sites|snippet|snippets|report|reports|workflow|workflows|task|tasks|draft"
    r"|live|toggle|menu|comment|comments|reading|time|words|quality|issues|keyboard|shortcuts"
    r"|tag|tags|type|date|clear|filter|filters|sort|order|actions|log|cancel|yes|none|help)\b",
    re.IGNORECASE,
)
SAID = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value")
NOT_SAID = ("script", "style", "code", "template", "svg", "noscript")
# Names of products and formats, and addresses.
NAMES = re.compile(r"Wagtail( CMS)?|https?://\S+|\S+@\S+|XLSX|CSV|PO\b|[\w-]+\.(png|txt|po)\b")


def english(html: str) -> list[str]:
    """What of a page is in English: visible words and what a screen reader says."""
    soup = BeautifulSoup(html, "html.parser")
    for node in soup(NOT_SAID) + soup(attrs={"hidden": True}):
        node.decompose()
    for node in soup(attrs={"lang": True}):
        if node.name != "html":
            node.decompose()
    texts = [text for text in soup.find_all(string=True) if not isinstance(text, Comment)]
    texts += [node[name] for name in SAID for node in soup(attrs={name: True})]
    texts = {" ".join(NAMES.sub(" ", str(text)).split()) for text in texts}
    return sorted(text for text in texts if ENGLISH.search(text))


@pytest.fixture
def finnish(client, settings):
    client.force_login(SuperuserFactory(username="paakayttaja"))
    return client


@pytest.fixture
def content():
    """One of each thing, with Finnish names only."""
    LocaleFactory(language_code="sv")
    person = PersonFactory(name="Maija Malli", title="vetäjä", email="maija@example.org")
    organisation = OrganisationFactory(name="Kylien tuki ry")
    project = ProjectFactory(title="Silta", lead="Yhdessä.", contacts=[person])
    editor = SuperuserFactory(first_name="Eeva", last_name="Esimerkki")
    project.save_revision(user=editor).publish(user=editor)
    publication = PublicationFactory(title="Opas")
    ImageFactory(title="Kuva")
    DocumentFactory(title="Liite")
    theme = ThemeFactory(name="Työ", slug="tyo")
    return {
        "project": project,
        "publication": publication,
        "person": person,
        "organisation": organisation,
        "theme": theme,
    }


def addresses(content) -> dict[str, str]:
    project, index = content["project"], content["project"].get_parent()
    workflow = Workflow.objects.first()
    pages = {
        "front page": reverse("wagtailadmin_home"),
        "account": reverse("wagtailadmin_account"),
        "explorer": reverse("wagtailadmin_explore", args=[index.pk]),
        "explorer root": reverse("wagtailadmin_explore_root"),
        "search": reverse("wagtailadmin_pages:search"),
        "search without hits": reverse("wagtailadmin_pages:search") + "?q=xyzzy",
        "add subpage": reverse("wagtailadmin_pages:add_subpage", args=[home_page().pk]),
        "create": reverse("wagtailadmin_pages:add", args=["projects", "projectpage", index.pk]),
        "history": reverse("wagtailadmin_pages:history", args=[project.pk]),
        "usage": reverse("wagtailadmin_pages:usage", args=[project.pk]),
        "move": reverse("wagtailadmin_pages:move", args=[project.pk]),
        "copy": reverse("wagtailadmin_pages:copy", args=[project.pk]),
        "delete": reverse("wagtailadmin_pages:delete", args=[project.pk]),
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[project.pk]),
        "privacy": reverse("wagtailadmin_pages:set_privacy", args=[project.pk]),
        "projects": reverse("project_listing:index"),
        "publications": reverse("publication_listing:index"),
        "images": reverse("wagtailimages:index"),
        "add image": reverse("wagtailimages:add"),
        "add images": reverse("wagtailimages:add_multiple"),
        "documents": reverse("wagtaildocs:index"),
        "add document": reverse("wagtaildocs:add"),
        "users": reverse("wagtailusers_users:index"),
        "add user": reverse("wagtailusers_users:add"),
        "groups": reverse("wagtailusers_groups:index"),
        "sites": reverse("wagtailsites:index"),
        "collections": reverse("wagtailadmin_collections:index"),
        "locales": reverse("wagtaillocales:index"),
        "redirects": reverse("wagtailredirects:index"),
        "add redirect": reverse("wagtailredirects:add"),
        "import redirects": reverse("wagtailredirects:start_import"),
        "workflows": reverse("wagtailadmin_workflows:index"),
        "workflow": reverse("wagtailadmin_workflows:edit", args=[workflow.pk]),
        "tasks": reverse("wagtailadmin_workflows:task_index"),
        "site history": reverse("wagtailadmin_reports:site_history"),
        "locked pages": reverse("wagtailadmin_reports:locked_pages"),
        "workflow report": reverse("wagtailadmin_reports:workflow"),
        "workflow tasks": reverse("wagtailadmin_reports:workflow_tasks"),
        "aging pages": reverse("wagtailadmin_reports:aging_pages"),
        "page types": reverse("wagtailadmin_reports:page_types_usage"),
        "translations report": reverse("wagtail_localize:translations_report"),
        "submit page": reverse("wagtail_localize:submit_page_translation", args=[project.pk]),
        "chooser": reverse("wagtailadmin_choose_page"),
        "image chooser": reverse("wagtailimages_chooser:choose"),
        "document chooser": reverse("wagtaildocs_chooser:choose"),
        "settings": reverse("wagtailsettings:edit", args=["home", "sitesettings"]),
        "guide": reverse("editors_guide"),
        "snippets": reverse("wagtailsnippets:index"),
    }
    for model in (Organisation, Person, Theme):
        viewset, record = model.snippet_viewset, model.objects.first()
        name = model._meta.model_name
        pages[f"{name} list"] = reverse(viewset.get_url_name("list"))
        pages[f"{name} add"] = reverse(viewset.get_url_name("add"))
        pages[f"{name} edit"] = reverse(viewset.get_url_name("edit"), args=[record.pk])
        pages[f"{name} delete"] = reverse(viewset.get_url_name("delete"), args=[record.pk])
        pages[f"{name} history"] = reverse(viewset.get_url_name("history"), args=[record.pk])
        pages[f"{name} usage"] = reverse(viewset.get_url_name("usage"), args=[record.pk])
    for page in (project, content["publication"], home_page(), index):
        pages[f"edit {page.specific_class.__name__}"] = reverse(
            "wagtailadmin_pages:edit", args=[page.pk]
        )
    return pages


def said(response) -> str:
    text = response.content.decode()
    return json.loads(text).get("html", "") if text.startswith("{") else text


def test_no_english_on_any_page(finnish, content):
    found = {}
    for name, url in addresses(content).items():
        response = finnish.get(url, follow=True)
        assert response.status_code == 200, (name, url)
        if words := english(said(response)):
            found[name] = words
    assert not found, "\n".join(f"{name}: {words}" for name, words in found.items())


def test_errors_of_a_page_are_in_finnish(finnish, content):
    index = content["project"].get_parent()
    create = reverse("wagtailadmin_pages:add", args=["projects", "projectpage", index.pk])
    html = said(finnish.post(create, {**form(title=""), "action-publish": "1"}))
    assert "Sivua ei voitu luoda, koska lomakkeessa on virheitä." in html
    assert english(html) == []
    edit = reverse("wagtailadmin_pages:edit", args=[content["project"].pk])
    html = said(finnish.post(edit, {**form(title=""), "action-publish": "1"}))
    assert "Sivua ei voitu tallentaa, koska lomakkeessa on virheitä." in html
    assert english(html) == []


def test_submitting_and_translating_are_in_finnish(finnish, content):
    project = content["project"]
    source, _created = TranslationSource.get_or_create_from_instance(project)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="sv")
    )
    translation.save_target(publish=False)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    assert english(said(finnish.get(edit))) == []
    update = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert english(said(finnish.get(update))) == []


def test_no_package_has_a_string_without_finnish():
    assert catalogues.gaps("fi") == []


def test_the_command_names_what_lacks(settings, capsys):
    settings.LOCALE_PATHS = [settings.BASE_DIR / "locale"]
    with pytest.raises(CommandError, match="strings of installed packages"):
        call_command("check_catalogues")
    assert "wagtail.admin: untranslated: “Go to the first error”" in capsys.readouterr().err


@pytest.mark.parametrize("domain", ["wagtailadmin_javascript_catalog", "localize"])
def test_scripts_speak_finnish(finnish, domain):
    url = "/admin/jsi18n/" if domain != "localize" else "/admin/localize/jsi18n/"
    script = finnish.get(url).content.decode()
    word = "Muutokset on tallennettu." if domain != "localize" else "Lopeta käännöksen seuranta"
    assert json.dumps(word) in script or word in script


@pytest.mark.parametrize(
    ("model", "count", "label"),
    [
        (ProjectPage, 5, "5 hanketta"),
        (ProjectPage, 1, "1 hanke"),
        (Organisation, 2, "2 organisaatiota"),
        (Person, 0, "0 henkilöä"),
        (Page, 12, "12 sivua"),
        (Redirect, 3, "3 uudelleenohjausta"),
        (ModelLogEntry, 2, "2 lokimerkintää"),
    ],
)
def test_things_are_counted_in_their_case(model, count, label):
    class Listing(list):
        pass

    things = Listing(range(count))
    things.model = model
    with translation.override("fi"):
        assert WagtailPaginator(things, 10).items_count_label == label


def test_what_nobody_counted_yet_stands_before_its_number():
    class Listing(list):
        model = SiteSettings

    with translation.override("fi"):
        assert WagtailPaginator(Listing([1, 2]), 10).items_count_label.endswith(": 2")
    with translation.override("en"):
        assert WagtailPaginator(Listing([1]), 10).items_count_label == "1 association and look"


def test_one_word_for_one_thing(finnish, content):
    html = said(finnish.get(addresses(content)["edit ProjectPage"]))
    for word in ("Nosto", "Nimike", "yhytnimi", "polkutunnus", "aa-asetus"):
        assert word not in html, word
    for word in ("Otsikko", "Osoitteen loppu", "Osoite ja näkyvyys"):
        assert word in html, word


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailadmin_password_reset"])
def test_whoever_is_not_signed_in_yet_reads_finnish_too(client, name):
    html = client.get(reverse(name), headers={"accept-language": "fi"}).content.decode()
    assert english(html) == []
    assert "Password" not in html
