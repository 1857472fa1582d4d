"""“5 hanketta”: how many there are of something, in the admin's listings.

Wagtail puts a number before ``verbose_name_plural``, which is right in English and wrong in every
language that counts in another case (Finnish: *hankkeet*, but *5 hanketta*). Here the English names
of the model make a message for gettext, e.g. ``%(count)s project`` / ``%(count)s projects``; the
Finnish is in ``locale/upstream``. Delete :func:`count_in_words` once Wagtail asks gettext itself
(``WagtailPaginator.items_count_label``).
"""

from types import SimpleNamespace

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, override
from wagtail.admin.paginator import WagtailPaginator

NAMELESS = SimpleNamespace(verbose_name="item", verbose_name_plural="items")


def items_count_label(paginator) -> str:
    """The number with the name in its case; where that is not known, “Name: number”."""
    meta = paginator.model._meta if paginator.model else NAMELESS
    with override("en"):
        one, many = f"%(count)s {meta.verbose_name}", f"%(count)s {meta.verbose_name_plural}"
    counted = ngettext(one, many, paginator.count)
    if counted in (one, many) and not str(get_language()).startswith("en"):
        return f"{capfirst(meta.verbose_name_plural)}: {paginator.count}"
    return counted % {"count": paginator.count}


def count_in_words() -> None:
    WagtailPaginator.items_count_label = property(items_count_label)
