"""Telephone numbers with remarks: each number one link, no digit of the remark in it."""

import pytest
from django.template.loader import render_to_string

from cms.core.numbers import telephone_numbers, telephone_parts

WRITTEN = {
    "050 123 4567 (arkisin 9–15)": ["+358501234567"],
    "050 1234567, 040 7654321": ["+358501234567", "+358407654321"],
    "050-1234567 tai 040-7654321": ["+358501234567", "+358407654321"],
    "050 1234567/040 7654321": ["+358501234567", "+358407654321"],
    "٠٥٠ ١٢٣": ["+35850123"],
    "٠٥٠ ١٢٣ ٤٥٦٧": ["+358501234567"],
    "+358 (0)50 123 4567": ["+358501234567"],
    "00358 50 123 4567": ["+358501234567"],
    "vaihde 09 1234": ["+35891234"],
    "puh. 050 123 4567": ["+358501234567"],
    "09 123 456 ext. 12": ["+3589123456;ext=12"],
    "+46 8 123 456 78": ["+46812345678"],
    "+252 61 2345678": ["+252612345678"],
    "+1 (555) 123-4567": ["+15551234567"],
    "050 123 4567 klo 08.00–16.00": ["+358501234567"],
    "klo 08:00-16:00 050 123 4567": ["+358501234567"],
    "050 123 4567 (1.5.–31.8.2026)": ["+358501234567"],
    "112": ["112"],
    "116 117": ["116117"],
    "kysy toimistolta": [],
    "2016-05-01": [],
    "": [],
}


@pytest.mark.parametrize(("written", "expected"), WRITTEN.items())
def test_numbers_are_found_and_no_word_is_lost(written, expected):
    assert telephone_numbers(written) == expected
    assert "".join(part.text for part in telephone_parts(written)) == written


def test_each_number_is_a_link_and_the_remark_stays_text():
    html = render_to_string(
        "components/contact_lines.html", {"phone": "050 123 4567 (arkisin 9–15)"}
    )
    assert 'href="tel:+358501234567"' in html
    assert html.count("<a ") == 1
    assert "(arkisin 9–15)" in html
    html = render_to_string("components/contact_lines.html", {"phone": "kysy toimistolta"})
    assert "<a " not in html
    assert "kysy toimistolta" in html
