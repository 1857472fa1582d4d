"""The forms of a thing: one has its facts, those of its other languages show them to read.

Made of what :mod:`cms.translation.facts` knows of a page or record, whichever it is.

Here too is the tick by which whoever edits a source says that its translations stay valid. It lies
in the revision that the form saves, and comes into force when that very revision is published, by
whomever and whenever (see :func:`..strings.changes.follow`). The next save asks again.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.core import formatting
from cms.core.languages import language_label

from ..policy import page_actions
from . import FactsPage


def carrier_elsewhere(instance) -> Model | None:
    """The page or record whose facts those of ``instance`` are; ``None`` where it has its own."""
    carrier = getattr(instance, "carrier", instance)
    return None if carrier.pk == instance.pk else carrier


@dataclass(frozen=True)
class Fact:
    label: str
    texts: list[str]
    picture: AbstractImage | None = None


def facts_of(carrier) -> list[Fact]:
    """What is stated, in the order of the model, to read."""
    facts = []
    for name in carrier.fact_names():
        field = carrier._meta.get_field(name)
        if field.one_to_many:
            keys = [key.name for key in _own_fields(field.related_model) if key.is_relation]
            children = getattr(carrier, name).select_related(*keys)
            texts = [_child_text(child) for child in children]
            fact = Fact(capfirst(str(field.related_model._meta.verbose_name_plural)), texts)
        else:
            value = getattr(carrier, name)
            picture = value if isinstance(value, AbstractImage) else None
            text = _text(carrier, field)
            fact = Fact(capfirst(str(field.verbose_name)), [text] if text else [], picture)
        if fact.texts:
            facts.append(fact)
    return facts


def _own_fields(model) -> list:
    """Of a child: not its key, its page and its place."""
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or isinstance(field, ParentalKey) or not field.editable)
    ]


def _child_text(child) -> str:
    """``STEA · Main funder · Amount in euro: 20 000,00``: names and choices explain themselves."""
    texts = []
    for field in _own_fields(type(child)):
        if text := _text(child, field):
            plain = field.is_relation or field.choices
            texts.append(text if plain else f"{capfirst(str(field.verbose_name))}: {text}")
    return " · ".join(texts)


def _text(instance, field) -> str:
    value = getattr(instance, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(instance._get_FIELD_display(field))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, Decimal):
        return formatting.sum_of_money(value)
    return str(value)


def fact_context(instance, user) -> dict:
    """For ``translation/admin/facts.html``; empty where ``instance`` has the facts itself."""
    if isinstance(instance, FactsPage) and "carrier" not in vars(instance):
        # With all that its facts name, in the place of a query for each.
        fields = map(instance._meta.get_field, instance.fact_names())
        keys = [field.name for field in fields if field.many_to_one]
        instance.carrier = instance.carrier_with("locale", *keys)
    carrier = carrier_elsewhere(instance)
    if carrier is None:
        return {}
    # Wagtail looks for a review that may ask whoever has no right on a page: not for a link.
    is_closed = isinstance(carrier, Page) and not user.is_superuser
    is_closed = is_closed and not page_actions(user, carrier)
    return {
        "facts": facts_of(carrier),
        "is_page": isinstance(carrier, Page),
        "language": language_label(carrier.locale.language_code),
        "edit_url": None if is_closed else AdminURLFinder(user).get_edit_url(carrier),
    }


class FactsForm(WagtailAdminModelForm):
    """Has the fields and rows of the facts only where they are kept: what is sent for them in
    another language is not read.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if carrier_elsewhere(self.instance) is not None:
            for name in self.instance.fact_names():
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
        for name in self.instance.fact_names():
            if name in self.formsets and self.is_bound:
                _take_back_rows(self.formsets[name])

    def save(self, commit=True) -> Model:
        """Words that somebody with the right to the register wrote by hand are approved."""
        if getattr(self.instance, "is_draft", False):
            self.instance.is_draft = False
        return super().save(commit)


def _take_back_rows(formset) -> None:
    """An old version may have rows that were deleted since: they come as new ones.

    Django refuses them for a key that nobody sees, and there is no way back to that version.
    """
    known = {str(row.pk) for row in formset.get_queryset()}
    keys = [
        key
        for key in formset.data
        if key.startswith(f"{formset.prefix}-") and key.endswith(f"-{formset.model._meta.pk.name}")
    ]
    gone = [key for key in keys if formset.data[key] and formset.data[key] not in known]
    if gone:
        formset.data = formset.data.copy()
        for key in gone:
            formset.data[key] = ""


class FactRowsPanel(InlinePanel):
    """Not shown in a form without its rows, as Wagtail's panel of a field is."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, *, panel, form, **kwargs) -> None:
            self.absent = form is not None and panel.relation_name not in form.formsets
            super().__init__(panel=panel, form=None if self.absent else form, **kwargs)

        def is_shown(self) -> bool:
            return not self.absent


class FactsPanel(Panel):
    """The facts to read, in the form of a language that leaves them to another."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "translation/admin/facts.html"

        def is_shown(self) -> bool:
            return carrier_elsewhere(self.instance) is not None

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, **fact_context(self.instance, self.request.user)}


STAY_VALID = "translations_stay_valid"


class StayValidPanel(Panel):
    """In the forms of pages that have translations, and in no others."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "translation/admin/stay_valid.html"

        def is_shown(self) -> bool:
            page = self.instance
            return (
                bool(page.pk)
                and Translation.objects.filter(
                    source__object_id=page.translation_key,
                    source__locale=page.locale_id,
                    enabled=True,
                ).exists()
            )

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "name": STAY_VALID, "is_ticked": self._is_ticked()}

        def _is_ticked(self) -> bool:
            """As it was sent, or as the draft has it that waits to be published."""
            if self.request.method == "POST":
                return STAY_VALID in self.request.POST
            page = self.instance
            waiting = page.latest_revision if page.has_unpublished_changes else None
            return bool(waiting and waiting.content.get(STAY_VALID))


panel = StayValidPanel(heading=gettext_lazy("Translations"))


@hooks.register("before_edit_page", order=-90)
def note_tick(request, page) -> None:
    if request.method == "POST" and STAY_VALID in request.POST:
        page.revision_notes = {STAY_VALID: True}


@hooks.register("register_log_actions")
def name_log_actions(actions) -> None:
    actions.register_action(
        "katto.translations_stay_valid",
        gettext_lazy("Translations stay valid"),
        gettext_lazy("Said that the translations stay valid after a change"),
    )
