"""Two records or projects side by side: what each says, and what names it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from cms.core.languages import language_label
from cms.translation.facts.panels import facts_of

from ..joining.following import references


@dataclass(frozen=True)
class Line:
    """``one`` and ``other``: what each of the two says, as texts. ``differ``: both say something,
    and not the same.
    """

    label: str
    one: list[str]
    other: list[str]

    @property
    def differ(self) -> bool:
        return bool(self.one and self.other) and self.one != self.other


def title_of(thing: Model) -> str:
    return thing.get_admin_display_title() if isinstance(thing, Page) else str(thing)


def compare(one: Model, other: Model) -> list[Line]:
    mine, theirs = _told(one), _told(other)
    labels = [*mine, *(label for label in theirs if label not in mine)]
    return [Line(label, mine.get(label, []), theirs.get(label, [])) for label in labels]


def _told(thing: Model) -> dict[str, list[str]]:
    carrier = thing.carrier
    told = {_("Name"): [title_of(thing)]}
    for name in ("short_name", "title", "lead") if not isinstance(thing, Page) else ("lead",):
        if value := getattr(thing, name, ""):
            told[capfirst(str(thing._meta.get_field(name).verbose_name))] = [value]
    for fact in facts_of(carrier):
        told.setdefault(fact.label, fact.texts)
    return told | {_("Languages"): _languages(thing)} | _named(thing)


def _languages(thing: Model) -> list[str]:
    same = type(thing)._base_manager.filter(translation_key=thing.translation_key)
    if isinstance(thing, Page):
        same = same.filter(alias_of=None)
    rows = same.select_related("locale").order_by("locale_id")
    return [language_label(one.locale.language_code) for one in rows]


def _named(thing: Model) -> dict[str, list[str]]:
    """How often other things name it, by what they are."""
    same = type(thing)._base_manager.filter(translation_key=thing.translation_key)
    keys = list(same.values_list("pk", flat=True))
    found: Counter = Counter()
    for field in references(type(thing)):
        parent = next((f for f in field.model._meta.fields if isinstance(f, ParentalKey)), None)
        if parent == field:
            continue  # The project's own rows, told above.
        owner = parent.remote_field.model if parent else field.model
        rows = field.model._base_manager.filter(**{f"{field.name}__in": keys})
        columns = [parent.attname] if parent else ["pk"]
        count = rows.order_by().values(*columns).distinct().count()
        if count and not field.model._meta.auto_created:
            found[_label(field, owner)] += count
    return {label: [str(count)] for label, count in found.items()}


def _label(field, owner: type[Model]) -> str:
    """*Projects: funding*, *People*."""
    owners = capfirst(str(owner._meta.verbose_name_plural))
    if owner is field.model:
        return owners
    return f"{owners}: {field.model._meta.verbose_name_plural}"
