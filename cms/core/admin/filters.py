from functools import reduce
from operator import or_

import django_filters
from django.db.models import Q
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale


def any_case(fields: list[str], words: str) -> Q:
    """Rows in which some field contains the words, whatever their case.

    SQLite folds the case of ASCII alone, so the usual spellings of ä, ö and å are tried too.
    """
    words = " ".join(words.split())
    spellings = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    return reduce(
        or_, (Q(**{f"{field}__icontains": word}) for field in fields for word in spellings)
    )


class LocaleFirstFilterSet(WagtailFilterSet):
    """Opens a listing in the site's own language; "All" is one click away.

    Seven versions of the same record under one another are of no use to an editor.
    """

    def __init__(self, data=None, *args, **kwargs):
        data = data.copy() if data is not None else {}
        default = Locale.get_default().language_code
        data.setdefault("locale", default)
        super().__init__(data, *args, **kwargs)
        if "locale" in self.filters:
            self.filters["locale"].extra["initial"] = default


class PublishedFilterSet(LocaleFirstFilterSet):
    """Of pages: what the public sees, what it does not see yet, and what has changed since."""

    live = django_filters.ChoiceFilter(
        label=_("Published"),
        choices=[
            ("true", _("Published")),
            ("changed", _("Published, with unpublished changes")),
            ("false", _("Draft only")),
        ],
        method="by_live",
        empty_label=_("All"),
        widget=RadioSelect,
    )

    def by_live(self, pages, name, value):
        if value == "changed":
            return pages.filter(live=True, has_unpublished_changes=True)
        return pages.filter(live=value == "true")
