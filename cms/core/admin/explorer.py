"""The explorer of pages: a fixed number of questions for its rows, however many stand below.

Wagtail annotates every page that it sorts with correlated subqueries, and wagtail-localize asks
three times for each row whether to offer its two buttons. Here keys are sorted, and rows are
fetched for the fifty that are shown. Delete this once both do so.
"""

from collections import Counter

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

BUTTONS = "register_page_listing_more_buttons"


def note_translations(rows: list, all_of_them) -> None:
    """Tell each row whether a language lacks it, and which source its translations have."""
    keys = [row.translation_key for row in rows]
    there = all_of_them.filter(translation_key__in=keys).order_by()
    done = Counter(there.values_list("translation_key", flat=True))
    sources = TranslationSource.objects.filter(object_id__in=keys, translations__enabled=True)
    known = {(key, locale): pk for key, locale, pk in sources.values_list(*SOURCE)}
    languages = Locale.objects.count()
    for row in rows:
        row.lacks_language = done[row.translation_key] < languages
        row.localize_source = known.get((row.translation_key, row.locale_id))


SOURCE = ("object_id", "locale_id", "pk")


def translation_buttons(row, submit_url: str, next_url: str = ""):
    """wagtail-localize's two, for a row of :func:`note_translations`."""
    if row.lacks_language:
        icon = "wagtail-localize-language"
        yield Button(_("Translate"), url=submit_url, icon_name=icon, priority=100)
    if row.localize_source:
        url = reverse("wagtail_localize:update_translations", args=[row.localize_source])
        url += f"?{urlencode({'next': next_url})}" if next_url else ""
        yield Button(_("Sync translations"), url=url, icon_name="resubmit", priority=106)


def page_buttons(page, user, next_url=None, **kwargs):
    if page.is_root() or not user.has_perm("wagtail_localize.submit_translation"):
        return
    if not hasattr(page, "lacks_language"):
        note_translations([page], Page.objects.filter(alias_of=None))
    url = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk])
    yield from translation_buttons(page, url, next_url)


def offer_translation_by_rows() -> None:
    """Put our buttons in the place of wagtail-localize's."""
    from wagtail_localize.wagtail_hooks import page_listing_more_buttons

    hooks._hooks[BUTTONS].remove((page_listing_more_buttons, 0))
    hooks.register(BUTTONS, page_buttons)


def fetch_rows_by_key() -> None:
    annotate, paginate = (
        ExplorableIndexView.annotate_queryset,
        ExplorableIndexView.paginate_queryset,
    )

    def annotate_queryset(self, pages):
        # Wagtail shows all rows on one page to put them in another order.
        return pages if self.get_paginate_by(pages) else annotate(self, pages)

    def paginate_queryset(self, queryset, page_size):
        paginator, page, found, is_paginated = paginate(self, queryset, page_size)
        keys = [row.pk for row in found]
        rows = {row.pk: row for row in annotate(self, Page.objects.filter(pk__in=keys))}
        page.object_list = [rows[key] for key in keys if key in rows]
        note_translations(page.object_list, Page.objects.filter(alias_of=None))
        return paginator, page, page.object_list, is_paginated

    ExplorableIndexView.annotate_queryset = annotate_queryset
    ExplorableIndexView.paginate_queryset = paginate_queryset
