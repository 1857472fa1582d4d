"""The languages of a page beside Finnish, and the page in one of them as the database has it."""

from wagtail.models import Page

LANGUAGES = ["sv", "en", "ar", "fi-simple"]


def fresh(page, code: str = "fi"):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code)
