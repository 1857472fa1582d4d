"""Rules of the house as Django system checks: what a review would otherwise have to remember."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db.models import ForeignKey
from django.template import TemplateDoesNotExist, loader
from modelcluster.fields import ParentalKey
from wagtail.models import Page, TranslatableMixin, get_page_models
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from .models import BasePage

ADMIN_FOLDERS = {"admin", "wagtailadmin", "wagtail_localize", "wagtailsnippets"}
IMAGE_TAG = re.compile(r"{%\s*image\s(?P<rest>[^%]*)%}")
IMG_ELEMENT = re.compile(r"<img\b[^>]*>", re.IGNORECASE | re.DOTALL)


def own_page_models() -> list[type[Page]]:
    """The house's page types; not those that come with a package or stand in for one in a test."""
    return [model for model in get_page_models() if issubclass(model, BasePage)]


def slugs_synchronised(models: Iterable[type[Page]]) -> Iterator[CheckMessage]:
    for model in models:
        fields = {field.field_name: field for field in get_translatable_fields(model)}
        slug = fields.get("slug")
        if not isinstance(slug, SynchronizedField):
            yield Error(
                f"{model._meta.label} has a slug that would be translated.",
                hint=(
                    'Add SynchronizedField("slug") to override_translatable_fields: an Arabic '
                    "title slugifies to nothing, and the language switch keeps the path."
                ),
                obj=model,
                id="katto.E001",
            )


def templates_exist(models: Iterable[type[Page]]) -> Iterator[CheckMessage]:
    for model in models:
        try:
            loader.get_template(model.template)
        except TemplateDoesNotExist:
            yield Error(
                f"{model._meta.label} has no template {model.template!r}.",
                hint="Write cms/templates/pages/… and name it in the model's `template`.",
                obj=model,
                id="katto.E002",
            )


def places_declared(models: Iterable[type[Page]]) -> Iterator[CheckMessage]:
    """A home page may leave its children open: rooms above it name their parent themselves."""
    for model in models:
        if not getattr(model, "parent_page_types", None):
            missing = "parent_page_types"
        elif "wagtailcore.Page" in model.parent_page_types:
            continue
        elif getattr(model, "subpage_types", None) is None:
            missing = "subpage_types"
        else:
            continue
        yield Error(
            f"{model._meta.label} does not declare {missing}.",
            hint="Say where the page may be made, so that editors are offered nothing else.",
            obj=model,
            id="katto.E003",
        )


def images_are_pictures(folders: Iterable[Path]) -> Iterator[CheckMessage]:
    """A raster image outside ``{% picture %}`` has one format and one size for every screen.

    Left alone: SVG (``preserve-svg``, or a static ``.svg``) and ``{% image … as name %}``.
    """
    for folder in folders:
        for file in sorted(folder.rglob("*.html")):
            if ADMIN_FOLDERS & set(file.relative_to(folder).parts):
                continue
            text = file.read_text(encoding="utf-8")
            found = [
                match
                for match in IMAGE_TAG.finditer(text)
                if "preserve-svg" not in match["rest"] and " as " not in match["rest"]
            ]
            found += [m for m in IMG_ELEMENT.finditer(text) if ".svg" not in m[0]]
            for match in found:
                line = text.count("\n", 0, match.start()) + 1
                yield Error(
                    f"{file.name}, line {line}: an image outside {{% picture %}}.",
                    hint="Use {% picture image format-{avif,webp,jpeg} width-{…} sizes=… %}.",
                    obj=str(file),
                    id="katto.E004",
                )


def children_translatable(models: Iterable[type[Page]]) -> Iterator[CheckMessage]:
    """wagtail-localize copies a child's foreign key as it is unless the child is translatable."""
    for model in models:
        copied = {field.field_name for field in get_translatable_fields(model)}
        for relation in model._meta.related_objects:
            child = relation.related_model
            if not isinstance(relation.field, ParentalKey) or relation.name not in copied:
                continue
            if issubclass(child, TranslatableMixin):
                continue
            if any(
                isinstance(field, ForeignKey)
                and not isinstance(field, ParentalKey)
                and issubclass(field.related_model, TranslatableMixin)
                for field in child._meta.get_fields()
            ):
                yield Error(
                    f"{child._meta.label} refers to a translatable record but is not translatable.",
                    hint="class Meta(TranslatableMixin.Meta, Orderable.Meta), and the mixin.",
                    obj=child,
                    id="katto.E005",
                )


def no_many_to_many(models: Iterable[type[Page]]) -> Iterator[CheckMessage]:
    for model in models:
        for field in model._meta.local_many_to_many:
            yield Error(
                f"{model._meta.label}.{field.name} is a many-to-many field.",
                hint="Store it as Orderable children: these are copied once and never again.",
                obj=model,
                id="katto.E006",
            )


def house_rules(app_configs=None, **kwargs) -> list[CheckMessage]:
    models = own_page_models()
    rooms = ("cms/templates", "*/templates", "cms/*/templates")
    folders = sorted({found for room in rooms for found in Path(settings.BASE_DIR).glob(room)})
    return [
        *slugs_synchronised(models),
        *templates_exist(models),
        *places_declared(models),
        *images_are_pictures(folders),
        *children_translatable(models),
        *no_many_to_many(models),
    ]
