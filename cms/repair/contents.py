"""The links and pictures of a page or record, as it is stored."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.core.hygiene import one_line

LONGEST = 2000
"""Longer addresses are no links that somebody wrote."""
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
PICTURE = {"image", "decorative", "alt_text"}
"""What the stored value of Wagtail's ``ImageBlock`` has."""


@dataclass
class Contents:
    """Address → its words and place; ``(picture, place, is described here)``."""

    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    pictures: list[tuple[int, str, bool]] = field(default_factory=list)

    def add_link(self, address: str, text: str, place: str) -> None:
        if url := tidy(address):
            self.links.setdefault(url, (one_line(text).strip()[:255], place[:255]))


class Anchors(HTMLParser):
    """``(address, words)`` of each link in rich text, as it is stored."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "a":
            given = dict(attrs)
            kind, number = given.get("linktype"), given.get("id") or ""
            own = f"{kind}:{number}" if kind in ("page", "document") else ""
            self.found.append((own or given.get("href") or "", ""))

    def handle_data(self, data: str) -> None:
        if self.found:
            address, text = self.found[-1]
            self.found[-1] = (address, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.found.append(("", ""))


def tidy(address: str) -> str:
    """The address as it is followed; empty for what is no link to follow (mail, a place here)."""
    address = one_line(address).strip()
    if re.fullmatch(r"(page|document):\d{1,18}", address):
        return address
    if address.startswith("/") and not address.startswith("//"):
        address = urljoin(settings.BASE_URL, address)
    address = urldefrag(address).url
    try:
        parts = urlsplit(address)
        is_link = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if is_link and len(address) <= LONGEST else ""


def contents_of(instance: models.Model) -> Contents:
    found = Contents()
    _look_at_fields(instance, "", found)
    for relation in instance._meta.related_objects:
        if isinstance(relation.field, ParentalKey) and relation.get_accessor_name():
            if not may_hold_links(relation.related_model):
                continue
            name = relation.get_accessor_name()
            rows = relation.related_model._base_manager.filter(**{relation.field.name: instance.pk})
            for row in rows:
                _look_at_fields(row, f"{name}.{row.pk}.", found)
    return found


def may_hold_links(model: type[models.Model]) -> bool:
    kinds = (models.URLField, RichTextField, StreamField)
    return any(isinstance(each, kinds) for each in model._meta.concrete_fields)


def _look_at_fields(instance: models.Model, place: str, found: Contents) -> None:
    for column in instance._meta.concrete_fields:
        value, here = getattr(instance, column.attname), place + column.name
        if isinstance(column, models.URLField):
            found.add_link(value or "", "", here)
        elif isinstance(column, RichTextField):
            _look_at_text(value or "", here, found)
        elif isinstance(column, StreamField):
            _look_at_blocks(value.get_prep_value(), here, found)
        elif value and column.related_model is get_image_model() and isinstance(instance, Page):
            found.pictures += [] if _has_words(instance, column) else [(value, here, False)]


def _has_words(page: Page, column: models.Field) -> bool:
    """Whether a field beside the picture says what it shows."""
    return bool(getattr(page, f"{column.name}_alt", ""))


def _look_at_blocks(value: Any, place: str, found: Contents) -> None:
    """``value``: blocks as they are stored, in JSON's types."""
    if isinstance(value, str):
        _look_at_text(value, place, found)
    elif isinstance(value, list):
        for item in value:
            is_block = isinstance(item, dict) and {"type", "value"} <= set(item)
            here = f"{place}.{item['id']}" if is_block and item.get("id") else place
            _look_at_blocks(item["value"] if is_block else item, here, found)
    elif isinstance(value, dict) and isinstance(value.get("image"), int) and set(value) <= PICTURE:
        has_words = bool(str(value.get("alt_text") or "").strip())
        if not has_words and not value.get("decorative"):
            found.pictures.append((value["image"], place, True))
    elif isinstance(value, dict):
        for name, item in value.items():
            _look_at_blocks(item, f"{place}.{name}", found)


def _look_at_text(text: str, place: str, found: Contents) -> None:
    if "<a" in text:
        for address, words in Anchors(text).found:
            found.add_link(address, words, place)
    elif ADDRESS.fullmatch(text):
        found.add_link(text, "", place)
