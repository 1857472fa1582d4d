"""Numbers by which registers know organisations, and what is wrong with one."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BUSINESS_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def validate_business_id(value: str) -> None:
    """Refuse a Finnish business ID (Y-tunnus) whose form or check digit is wrong.

    Seven digits, a hyphen, a check digit: weights 7 9 10 5 8 4 2, modulo 11; remainder 1 is never
    given out. Source: the Business Information System of the PRH and the Tax Administration.
    """
    match = re.fullmatch(r"(\d{7})-(\d)", value)
    if not match:
        raise ValidationError(_("A business ID has seven digits, a hyphen and a check digit."))
    total = sum(
        int(digit) * weight for digit, weight in zip(match[1], BUSINESS_ID_WEIGHTS, strict=True)
    )
    remainder = total % 11
    if remainder == 1 or int(match[2]) != (11 - remainder) % 11:
        raise ValidationError(_("The check digit of this business ID is not right."))


def validate_other_ids(value: str) -> None:
    """Of registers of other countries, one or several with spaces between: ``GB-CHC-1097940``."""
    for each in value.split():
        if not re.fullmatch(r"[A-Z]{2,3}-[A-Z0-9]{2,12}-[\w./-]{1,60}", each):
            raise ValidationError(
                _("“%(id)s” should be country, register and number, such as GB-CHC-1097940."),
                params={"id": each[:60]},
            )
