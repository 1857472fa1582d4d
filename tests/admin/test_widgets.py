from django import forms
from django.test.html import parse_html

from cms.core.lists import LongSelect

CHOICES = [("", "---------"), *((number, f"<Kunta> & {number}") for number in range(300))]


def test_a_long_list_is_written_as_django_writes_it():
    attrs = {"id": "kunta", "required": True, "disabled": False}
    for value in (None, 7, "7", "nobody"):
        both = [
            kind(choices=CHOICES).render("kunta", value, attrs)
            for kind in (forms.Select, LongSelect)
        ]
        first, second = (parse_html(html) for html in both)
        assert first == second
