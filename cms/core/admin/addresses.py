"""E-mail and web addresses as people paste them: with brackets, a full stop, a name before them.

Where the text holds one address, that one is taken; otherwise it stays, and Django refuses it.
"""

import re

from django import forms

AROUND = " \t\r\n\u00a0\u200b<>\"'“”«»,;"
EMAIL = re.compile(r"[^\s<>()\[\]\"“”«»,;:@]+@[^\s<>()\[\]\"“”«»,;:@]+")
SITE = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)


def plain_email(text: str) -> str:
    """``Maija Malli <mailto:maija@example.org>.`` is ``maija@example.org``."""
    found = EMAIL.findall(text)
    return found[0].rstrip(".") if len(found) == 1 else text


def plain_url(text: str) -> str:
    """``Sivut: <www.example.org>.`` is ``https://www.example.org``."""
    found = SITE.findall(text)
    if len(found) == 1 and not SITE.search(found[0], 1):
        text = found[0]
    text = text.strip(AROUND).rstrip(".")
    while text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].rstrip(".,;")
    return f"https://{text}" if text.lower().startswith("www.") else text


def mend(field_class, read) -> None:
    """Have the forms' fields of a class understand what was typed by ``read(field, text)``."""
    django_to_python = field_class.to_python

    def to_python(self, value):
        if isinstance(value, str):
            value = read(self, value)
        return django_to_python(self, value)

    field_class.to_python = to_python


def install() -> None:
    mend(forms.EmailField, lambda _field, text: plain_email(text))
    mend(forms.URLField, lambda _field, text: plain_url(text))
    # A browser would refuse what the server understands, before the server sees it.
    forms.EmailInput.input_type = "text"
    forms.URLInput.input_type = "text"
    for widget_class, keyboard in ((forms.EmailInput, "email"), (forms.URLInput, "url")):
        _give_keyboard(widget_class, keyboard)


def _give_keyboard(widget_class, keyboard: str) -> None:
    django_context = widget_class.get_context

    def get_context(self, name, value, attrs):
        return django_context(self, name, value, {"inputmode": keyboard, **(attrs or {})})

    widget_class.get_context = get_context
