"""What a project reached, in numbers that can be summed: "96 women", "41 to work".

A unit that is chosen says the same in every language. One that is typed is a word to translate,
and is the same unit as another where both are written alike, whatever their case.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from ..formatting import number as written
from . import RowsBlock


class Unit(TextChoices):
    """Counted by many projects. Kept as data, so never change a value."""

    PEOPLE = "people", _("persons")
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    YOUNG = "young", _("young people")
    CHILDREN = "children", _("children")
    FAMILIES = "families", _("families")
    TO_WORK = "to_work", _("found work")
    TO_STUDY = "to_study", _("began to study")
    VOLUNTEERS = "volunteers", _("volunteers")
    TRAINED = "trained", _("people trained")
    GROUPS = "groups", _("groups")
    EVENTS = "events", _("events")
    ORGANISATIONS = "organisations", _("organisations taking part")


UNITS = dict(Unit.choices)
MOST_ROWS = 40


class NumberValue(blocks.StructValue):
    @property
    def counted(self) -> str:
        """What is counted, in the language of the page; a chosen unit in the active one."""
        return self.get("label") or str(UNITS.get(self.get("unit"), ""))

    @property
    def line(self) -> str:
        return f"{written(self.get('number'))} {self.counted}".strip()


class NumberBlock(blocks.StructBlock):
    number = blocks.DecimalBlock(
        label=_("Number"), min_value=0, max_digits=14, decimal_places=2, help_text=_("Exactly.")
    )
    unit = blocks.ChoiceBlock(choices=Unit.choices, required=False, label=_("Of what"))
    label = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Or in your own words"),
        help_text=_(
            "For example: guides printed. Use the same words in every project, and lists can sum "
            "them. Leave empty where the choice beside says it."
        ),
    )

    def clean(self, value) -> NumberValue:
        value = super().clean(value)
        if not (value.get("unit") or (value.get("label") or "").strip()):
            raise StructBlockValidationError({"label": ValidationError(_("Say what is counted."))})
        return value

    class Meta:
        icon = "order"
        label = _("Number")
        value_class = NumberValue


class NumbersValue(blocks.StructValue):
    @property
    def shown(self) -> list[NumberValue]:
        """Rows with a number and with what it counts."""
        rows = self.get("rows") or ()
        return [row for row in rows if isinstance(row.get("number"), Decimal) and row.counted]

    @property
    def has_text(self) -> bool:
        return bool(self.shown)

    @property
    def lines(self) -> list[str]:
        return [line for line in (self.get("heading"), *(row.line for row in self.shown)) if line]


class NumbersBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, label=_("Heading"), max_length=255)
    rows = RowsBlock(NumberBlock(), label=_("Numbers"), min_num=1, max_num=MOST_ROWS)

    def get_searchable_content(self, value) -> list[str]:
        return value.lines

    class Meta:
        icon = "order"
        label = _("In numbers")
        template = "blocks/numbers.html"
        value_class = NumbersValue
        description = _("What was reached, in numbers that lists can sum")
