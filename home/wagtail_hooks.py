"""What an administrator of a new site sets up first: the settings, the languages, two pages."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Locale, Page, Site

from cms.core.admin.first_hour import Step, of_sample

from .models import DEFAULT_ACCENT
from .required_pages import Kind, is_done, settings_of
from .views import DraftView


@hooks.register("register_admin_urls")
def register_drafts() -> list[URLPattern]:
    return [
        path(f"first-hour/{kind}/", DraftView.as_view(kind=kind), name=f"required_{kind.value}")
        for kind in Kind
    ]


@hooks.register("first_hour_steps", order=10)
def settings_steps(request) -> Iterator[Step]:
    site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
    own = settings_of(site)
    sample = of_sample()
    form = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])

    def step(name: str, is_set: bool, label: str, text: str) -> Step:
        return Step(label, f"{form}#id_{name}", is_set and name not in sample, text)

    yield step(
        "association_name",
        bool(own.association_name and own.email),
        _("Name and contact details"),
        _("Name, e-mail, postal address and business ID: pages and drafts use them."),
    )
    yield step("logo", bool(own.logo_id), _("Logo"), _("Stands at the head of every page."))
    yield step(
        "accent_colour",
        own.accent_colour.lower() != DEFAULT_ACCENT,
        _("Colour"),
        _("Links and buttons have your colour. It is checked to be readable."),
    )
    yield _languages(site, "languages" in sample)
    for kind in Kind:
        page = getattr(own, kind.field)
        yield _required(kind, page, kind.field in sample)


def _languages(site: Site, is_sample: bool) -> Step:
    """Done when the home page is there in a second language, and in all that were chosen."""
    chosen = Locale.objects.count()
    homes = Page.objects.filter(translation_key=site.root_page.translation_key)
    there = homes.values("locale").distinct().count()
    url = reverse("wagtaillocales:index")
    if there < chosen:
        url = reverse("wagtail_localize:submit_page_translation", args=[site.root_page_id])
    text = _("Choose the languages of the site, then have the home page translated into them.")
    return Step(_("Languages"), url, chosen > 1 and there >= chosen and not is_sample, text)


def _required(kind: Kind, page: Page | None, is_sample: bool) -> Step:
    text = _("Drafted for you with the association's details. Check it, delete the note, publish.")
    if page and not is_sample:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return Step(str(kind.label), url, is_done(page), text)
    return Step(str(kind.label), reverse(f"required_{kind.value}"), False, text)
