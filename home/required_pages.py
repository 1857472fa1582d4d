"""Drafts of the two pages that Finnish law requires: privacy notice and accessibility statement.

The words stand in ``templates/home/required/KIND_LANGUAGE.html``: what is above the first ``<h2>``
is the lead, each ``<h2>`` a heading of the page. Facts of the association are filled in; what is
not known yet stands in square brackets. A note at the head says that all of it is to be checked;
as long as the note is there, the page is not done.
"""

import json
import re
from dataclasses import dataclass
from html import unescape

from django.conf import settings as django_settings
from django.db import transaction
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Site

from .models import ContentPage, SiteSettings

LANGUAGES = ("fi", "sv", "en")
NOTE = "to-be-checked"
"""The id of the block that says so."""
FACTS = ("association_name", "email", "postal_address", "business_id")


class Kind(TextChoices):
    PRIVACY = "privacy", _("Privacy notice")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")

    @property
    def field(self) -> str:
        """The field of the site's settings that names the page."""
        return f"{self.value}_page"

    @property
    def slug(self) -> str:
        return {"privacy": "tietosuoja", "accessibility": "saavutettavuus"}[self.value]


@dataclass(frozen=True)
class Words:
    """``body``: as a stream field stores it."""

    title: str
    lead: str
    body: list[dict]


def words(kind: Kind, language: str, settings: SiteSettings, address: str) -> Words:
    """``address``: of the site, where visitors find it."""
    with translation.override(language):
        day = formats.date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    context = {"own": settings, "address": address, "day": day}
    context["trace_days"] = django_settings.LOGIN_TRACE_DAYS
    html = render_to_string(f"home/required/{kind.value}_{language}.html", context)
    head, *parts = re.split(r"<h2>(.*?)</h2>", " ".join(html.split()))
    title, lead, note = (unescape(strip_tags(each)).strip() for each in head.split("</p>")[:3])
    body = [{"type": "text", "id": NOTE, "value": f"<p><b>{escape(note)}</b></p>"}]
    for number, (heading, text) in enumerate(zip(parts[::2], parts[1::2], strict=True), 1):
        body.append(
            {"type": "heading", "id": f"heading-{number}", "value": unescape(strip_tags(heading))}
        )
        body.append({"type": "text", "id": f"text-{number}", "value": text.strip()})
    return Words(title, lead, body)


def settings_of(site: Site) -> SiteSettings:
    """What is stored, or the defaults: looking at them stores nothing."""
    return SiteSettings.objects.filter(site=site).first() or SiteSettings(site=site)


def missing_facts(settings: SiteSettings) -> list[str]:
    """Names of the fields that the texts want and that are blank."""
    blank = [name for name in FACTS if not getattr(settings, name)]
    return [str(SiteSettings._meta.get_field(name).verbose_name) for name in blank]


def homes(site: Site) -> dict[str, Page]:
    """The home page in each language in which there is a text, the first language at the head."""
    first = Locale.get_default().language_code
    same = Page.objects.filter(translation_key=site.root_page.translation_key)
    found = {page.locale.language_code: page for page in same.select_related("locale")}
    order = sorted(LANGUAGES, key=lambda code: (code != first, LANGUAGES.index(code)))
    return {code: found[code] for code in order if code in found}


def lacking(kind: Kind, site: Site) -> list[str]:
    """Languages of the site in which there is a text and no page yet."""
    page = getattr(settings_of(site), kind.field)
    there = set()
    if page:
        same = Page.objects.filter(translation_key=page.translation_key)
        there = set(same.values_list("locale__language_code", flat=True))
    return [code for code in homes(site) if code not in there]


@transaction.atomic
def draft(kind: Kind, site: Site, user) -> ContentPage | None:
    """Make the page as a draft in each language that lacks it, and name it in the settings.

    Returns the page as first written; ``None`` where the site has no language of the texts.
    """
    settings = SiteSettings.for_site(site)
    first = getattr(settings, kind.field)
    for language in lacking(kind, site):
        told = words(kind, language, settings, site.root_url)
        page = _add(kind, told, homes(site)[language], first, user)
        first = first or page
    if first and getattr(settings, f"{kind.field}_id") != first.pk:
        setattr(settings, kind.field, first)
        settings.save()
    return first


def _add(kind: Kind, told: Words, home: Page, first: ContentPage | None, user) -> ContentPage:
    taken = set(Page.objects.child_of(home).values_list("slug", flat=True))
    names = (kind.slug, *(f"{kind.slug}-{number}" for number in range(2, len(taken) + 3)))
    page = ContentPage(
        title=told.title,
        lead=told.lead,
        body=json.dumps(told.body),
        slug=next(name for name in names if name not in taken),
        locale=home.locale,
        live=False,
        has_unpublished_changes=True,
        owner=user,
    )
    if first:
        page.translation_key = first.translation_key
    Page.objects.get(pk=home.pk).add_child(instance=page)
    page.save_revision(user=user, log_action=False)
    log(instance=page, action="wagtail.create", user=user)
    return page


def is_done(page: ContentPage | None) -> bool:
    """Public, and nothing in it says any more that it is to be checked or filled in."""
    if page is None or not page.live:
        return False
    return not any(block.id == NOTE for block in page.body)
