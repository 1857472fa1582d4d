"""Numbers as people write them: the one that was meant, or none."""

from decimal import Decimal

import pytest

from cms.core.numbers import AmbiguousNumber, UnreadableNumber, read_number

READ = {
    "290 780,50 €": "290780.50",
    "290780,50": "290780.50",
    "290 780,50": "290780.50",
    "290\u00a0780,50\u00a0€": "290780.50",
    "290\u202f780,50": "290780.50",
    "€ 290 780.50": "290780.50",
    "EUR 290780.50": "290780.50",
    "290 780,50 euroa": "290780.50",
    "290.780,50": "290780.50",
    "290,780.50": "290780.50",
    "290'780.50": "290780.50",
    "٢٩٠٬٧٨٠٫٥٠": "290780.50",
    "٢٩٠٧٨٠": "290780",
    "1 000": "1000",
    "1.000.000": "1000000",
    "1,000,000.5": "1000000.5",
    "100,-": "100",
    "-5": "-5",
    "−5": "-5",
    "0,500": "0.500",
    "1234,567": "1234.567",
    "12 345,678": "12345.678",
    "2026": "2026",
    "1,2 milj.": "1200000",
    "12 t€": "12000",
    "0,290 M€": "290000",
}
UNREADABLE = [
    *(
        "abc",
        "",
        "€",
        "1e5",
        "1_000",
        "NaN",
        "Infinity",
        "5,",
        ",5",
        "12 34",
        "12 3456",
        "1 000 00",
    ),
    *("1,2,3", "1.00.000", "1,000.000,5", "1.000 000", "5–10", "(100)"),
    *("½", "1²", "9" * 41, "1 000,5 0", "€ 5 €", "--5", "0x10"),
]
AMBIGUOUS = {"290.780": "290780", "12,345": "12345", "1.000 €": "1000", "-1,500": "1500"}


@pytest.mark.parametrize(("text", "number"), READ.items())
def test_a_number_is_read_as_it_was_meant(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(UnreadableNumber):
        read_number(text)


@pytest.mark.parametrize(("text", "whole"), AMBIGUOUS.items())
def test_what_may_be_two_numbers_is_refused(text, whole):
    with pytest.raises(AmbiguousNumber) as caught:
        read_number(text)
    assert caught.value.whole == Decimal(whole)
