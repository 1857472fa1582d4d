"""What staff may not do either: nothing is translated from a translation, and nothing takes the
place of what was written by hand. And what each is offered.
"""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

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
    project_index,
    translate,
)
from tests.translation.rights import languages, nobody, sent, translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
UPSTREAM = {"localize-convert-to-alias", "localize-restart-translation"}
STAFF = {
    "editor": lambda: EditorFactory(join=EDITORS.name),
    "publisher": lambda: EditorFactory(join=PUBLISHERS.name),
    "administrator": SuperuserFactory,
}


def submit_url(thing) -> str:
    if isinstance(thing, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[thing.pk])
    args = ["projects", thing._meta.model_name, thing.pk]
    return reverse("wagtail_localize:submit_snippet_translation", args=args)


def edit_url(thing) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(f"wagtailsnippets_projects_{thing._meta.model_name}:edit", args=[thing.pk])


def told(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("make", [ProjectFactory, OrganisationFactory])
def test_a_translation_is_not_translated_on(client, who, make):
    languages("sv", "en")
    thing = sent(make(), "sv")
    client.force_login(STAFF[who]())
    url, english = submit_url(thing.versions["sv"]), LocaleFactory(language_code="en")
    for response in (client.get(url), client.post(url, {"locales": [english.pk]})):
        assert response.status_code == 302
        assert "ensin kirjoitettu" in told(response) or "first written" in told(response)
    assert TranslationSource.objects.count() == 1
    assert client.get(edit_url(thing.versions["sv"])).status_code == 200


@pytest.mark.parametrize("make", [ProjectFactory, ThemeFactory])
def test_a_second_source_is_refused_whoever_asks(make):
    languages("sv")
    thing = sent(make(), "sv")
    for ask in (
        TranslationSource.get_or_create_from_instance,
        TranslationSource.update_or_create_from_instance,
    ):
        with pytest.raises(ValidationError, match=r"first written|ensin"):
            ask(thing.versions["sv"])
    thing.source.delete()
    with pytest.raises(ValidationError):
        TranslationSource.get_or_create_from_instance(thing.versions["sv"])
    assert TranslationSource.get_or_create_from_instance(thing.versions["source"])[1]


def test_a_branch_passes_over_what_was_first_written_elsewhere(client, commit):
    languages("sv", "en")
    parent = ContentPageFactory(title="Ylä")
    swedish_parent = translate(parent, "sv")
    own = ContentPageFactory(title="Alla", parent=parent)
    swedish = ContentPageFactory(title="Eget", parent=swedish_parent)
    back = translate(swedish, "fi")
    client.force_login(SuperuserFactory())
    english = LocaleFactory(language_code="en")
    commit(client.post, submit_url(parent), {"locales": [english.pk], "include_subtree": "on"})
    keys = set(TranslationSource.objects.values_list("object_id", flat=True))
    assert {parent.translation_key, own.translation_key} <= keys
    assert back.translation_key not in keys


def by_hand(page, text: str):
    """The page in easy Finnish, as an import leaves it."""
    easy = translate(page, "fi-simple", title=text)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    locale = LocaleFactory(language_code="fi-simple")
    made = Translation.objects.create(source=source, target_locale=locale, enabled=False)
    return easy, made


@pytest.mark.parametrize("who", STAFF)
def test_what_was_written_by_hand_is_not_put_under_a_translation(client, who):
    languages("sv")
    page = ProjectFactory(title="Hanke")
    easy, made = by_hand(page, "Helppo")
    client.force_login(STAFF[who]())
    response = client.post(edit_url(easy), {"localize-restart-translation": "1"})
    assert "käsin" in told(response) or "by hand" in told(response)
    made.refresh_from_db()
    assert not made.enabled
    html = client.get(edit_url(easy)).content.decode()
    assert "localize-restart-translation" not in html
    assert "localize-convert-to-alias" not in html
    convert = reverse("wagtail_localize:convert_to_alias", args=[easy.pk])
    for ask in (client.get, client.post):
        assert ask(convert).status_code == 302
    easy.refresh_from_db()
    assert (easy.title, easy.alias_of_id) == ("Helppo", None)


def test_easy_finnish_is_not_offered_and_not_taken(client):
    languages("sv", "fi-simple")
    page, record = ProjectFactory(title="Hanke"), OrganisationFactory()
    easy = LocaleFactory(language_code="fi-simple")
    client.force_login(SuperuserFactory())
    for thing in (page, record):
        asked = client.get(submit_url(thing), follow=True)
        offered = asked.context["form"].fields["locales"].queryset
        assert "sv" in {locale.language_code for locale in offered}
        assert easy not in offered
        response = client.post(submit_url(thing), {"locales": [easy.pk]})
        assert response.context["form"].errors["locales"]
        assert not thing.get_translations().exists()
    source, _created = TranslationSource.get_or_create_from_instance(page)
    with pytest.raises(ValidationError):
        Translation.objects.create(source=source, target_locale=easy)


def test_translator_restarts_nothing(client):
    languages("ar")
    for thing in (sent(ProjectFactory(), "ar"), sent(ThemeFactory(), "ar")):
        made = thing.translations["ar"]
        Translation.objects.filter(pk=made.pk).update(enabled=False)
        for user in (translator("ar"), EditorFactory(join=EDITORS.name)):
            client.force_login(user)
            client.post(edit_url(thing.versions["ar"]), {"localize-restart-translation": "1"})
            made.refresh_from_db()
            assert not made.enabled


def test_report_is_closed_to_whoever_has_no_work_with_translations(client):
    languages("ar", "sv")
    sent(ProjectFactory(title="Salainen", live=False), "ar", "sv")
    sent(PersonFactory(name="Maija"), "ar", "sv")
    names = ("translations_report", "translations_report_results")
    urls = [reverse(f"wagtail_localize:{name}") for name in names]
    client.force_login(nobody())
    for url in (*urls, reverse("translation:overview")):
        assert "Salainen" not in client.get(url, follow=True).content.decode()
        assert client.get(url).url == reverse("wagtailadmin_home")
    for user in (translator("ar"), *(make() for make in STAFF.values())):
        client.force_login(user)
        for url in urls:
            html = client.get(url, follow=True).content.decode()
            assert "Salainen" in html
        persons = f"{reverse('translation:overview')}?kind=projects.person"
        assert "Maija" in client.get(persons).content.decode()


def menu(client, url: str) -> list[str]:
    """Names of the buttons of a form, the main one first."""
    html = client.get(url).content.decode()
    html = html[html.index('<footer class="footer') :]
    return [part.partition('"')[0] for part in html.split('name="')[1:]]


def test_alias_is_offered_last_and_to_whoever_may_make_one(client):
    """Of a page whose translation was stopped: an ordinary form."""
    languages("sv")
    thing = sent(ProjectFactory(), "sv")
    Translation.objects.update(enabled=False)
    url = edit_url(thing.versions["sv"])
    client.force_login(EditorFactory(join=EDITORS.name))
    assert not UPSTREAM & set(menu(client, url))
    client.force_login(EditorFactory(join=PUBLISHERS.name))
    names = [name for name in menu(client, url) if "-" in name]
    assert set(names) >= UPSTREAM
    assert not names[0].startswith("localize")


@pytest.mark.parametrize("make", [ProjectFactory, OrganisationFactory])
def test_submitting_is_offered_where_it_may_be_done(client, make):
    languages("sv", "en")
    thing = sent(make(), "sv")
    sync = reverse("wagtail_localize:update_translations", args=[thing.source.pk])
    first, swedish = thing.versions["source"], thing.versions["sv"]
    if isinstance(first, Page):
        listing = {
            version: reverse("wagtailadmin_explore", args=[version.get_parent().pk])
            for version in (first, swedish)
        }
    else:
        url = reverse("wagtailsnippets_projects_organisation:list")
        listing = {first: f"{url}?locale=fi", swedish: f"{url}?locale=sv"}
    client.force_login(EditorFactory(join=EDITORS.name))
    html = client.get(listing[first]).content.decode()
    assert submit_url(first) in html
    assert sync in html
    assert submit_url(swedish) not in client.get(listing[swedish]).content.decode()
    client.force_login(translator("sv"))
    html = client.get(listing[swedish]).content.decode()
    assert edit_url(swedish) in html
    for refused in (submit_url(swedish), submit_url(first), sync, edit_url(first)):
        assert refused not in html
    assert Locale.objects.filter(language_code="en").exists()


def test_a_page_that_mirrors_another_is_asked_for_by_whoever_may_ask(client):
    """Upstream's page has the button for everybody, in easy Finnish too."""
    languages("sv", "fi-simple")
    page, aliases = ProjectFactory(title="Silta"), {}
    for code in ("sv", "fi-simple"):
        locale = Locale.objects.get(language_code=code)
        if not project_index().has_translation(locale):
            translate(project_index(), code)
        aliases[code] = page.copy_for_translation(locale, alias=True)

    def is_offered(code: str) -> bool:
        response = client.get(edit_url(aliases[code]))
        assert response.status_code == 200
        return submit_url(page) in response.content.decode()

    client.force_login(EditorFactory(join=EDITORS.name))
    assert is_offered("sv")
    assert not is_offered("fi-simple")
    Group.objects.get(name=EDITORS.name).permissions.remove(
        Permission.objects.get(codename="submit_translation")
    )
    client.force_login(EditorFactory(join=EDITORS.name))
    assert not is_offered("sv")
