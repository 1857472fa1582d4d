"""Each rule of the house fires on what breaks it, and is silent on the house itself."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from cms.core import checks
from projects.models import ProjectPage, Theme


def ids(found) -> list[str]:
    return [message.id for message in found]


def test_house_keeps_its_rules():
    assert checks.house_rules() == []


@isolate_apps("cms.core")
def test_translated_slug_is_found():
    class Bare(Page):
        class Meta:
            app_label = "core"

    class Right(Page):
        override_translatable_fields = [SynchronizedField("slug")]

        class Meta:
            app_label = "core"

    assert ids(checks.slugs_synchronised([Bare])) == ["katto.E001"]
    assert ids(checks.slugs_synchronised([Right])) == []


@isolate_apps("cms.core")
def test_absent_template_is_found():
    class Bare(Page):
        template = "pages/nowhere.html"

        class Meta:
            app_label = "core"

    found = list(checks.templates_exist([Bare]))
    assert ids(found) == ["katto.E002"]
    assert "pages/nowhere.html" in found[0].msg


@isolate_apps("cms.core")
def test_open_places_are_found():
    class Anywhere(Page):
        class Meta:
            app_label = "core"

    class Halfway(Page):
        parent_page_types = ["home.HomePage"]

        class Meta:
            app_label = "core"

    class Root(Page):
        parent_page_types = ["wagtailcore.Page"]

        class Meta:
            app_label = "core"

    found = list(checks.places_declared([Anywhere, Halfway, Root]))
    assert ids(found) == ["katto.E003"] * 2
    assert "parent_page_types" in found[0].msg
    assert "subpage_types" in found[1].msg


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("{% image page.cover width-400 %}", [1]),
        ('<p>\n<img src="{{ url }}">', [2]),
        ("{% picture page.cover format-{avif,webp} width-400 %}", []),
        ("{% image logo max-300x90 preserve-svg %}", []),
        ("{% image cover fill-1200x630 as sharing %}", []),
        ('<img src="{% static \'mark.svg\' %}" alt="">', []),
    ],
)
def test_raster_outside_picture_is_found(tmp_path, html, lines):
    (tmp_path / "page.html").write_text(html)
    (tmp_path / "wagtailadmin").mkdir()
    (tmp_path / "wagtailadmin" / "base.html").write_text("<img src='bird.png'>")
    found = list(checks.images_are_pictures([tmp_path]))
    assert ids(found) == ["katto.E004"] * len(lines)
    for message, line in zip(found, lines, strict=True):
        assert f"line {line}:" in message.msg


@isolate_apps("cms.core", "wagtail")
def test_child_that_loses_its_language_is_found():
    class Bare(Page):
        class Meta:
            app_label = "core"

    class Link(Orderable):
        page = ParentalKey(Bare, on_delete=models.CASCADE, related_name="links")
        theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "core"

    assert ids(checks.children_translatable([Bare])) == ["katto.E005"]
    assert ids(checks.children_translatable([ProjectPage])) == []


@isolate_apps("cms.core")
def test_many_to_many_is_found():
    class Bare(Page):
        themes = models.ManyToManyField(Theme, related_name="+")

        class Meta:
            app_label = "core"

    assert ids(checks.no_many_to_many([Bare])) == ["katto.E006"]


def test_every_message_says_how_to_mend_it(tmp_path):
    (tmp_path / "page.html").write_text('<img src="a.png">')
    assert all(message.hint for message in checks.images_are_pictures([tmp_path]))
