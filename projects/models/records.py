"""What the registers have in common, those that are hardly more, and what project files told."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin
from wagtail.search import index

from cms.translation.facts.records import FactsRecord


class PreviewedRecord(PreviewableMixin, FactsRecord):
    """Is shown beside its form as visitors meet it, in the record's own language."""

    class Meta(FactsRecord.Meta):
        abstract = True

    def get_preview_template(self, request, mode_name) -> str:
        return f"previews/{self._meta.model_name}.html"

    def serve_preview(self, request, mode_name) -> HttpResponse:
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()


def page_text() -> models.TextField:
    """What an editor may say of a record on its public page, in paragraphs."""
    return models.TextField(
        _("text of its public page"),
        max_length=3000,
        blank=True,
        help_text=_("The page is made by itself; a few sentences here stand at its beginning."),
    )


class NamedRecord(PreviewedRecord):
    """A body that people know by a short name too."""

    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    website = models.URLField(_("website"), blank=True)
    description = page_text()

    words = ("name", "short_name", "description")
    search_fields = [
        *FactsRecord.search_fields,
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
    ]

    class Meta(FactsRecord.Meta):
        abstract = True


class Term(FactsRecord):
    """A word of a controlled vocabulary. ``slug`` is the same in every language: it is in URLs."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("identifier"), max_length=120, help_text=_("Used in addresses."))
    description = page_text()

    words = ("name", "description")

    class Meta(FactsRecord.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        others = type(self).objects.exclude(translation_key=self.translation_key)
        if others.filter(slug=self.slug).exists():
            raise ValidationError({"slug": _("Another one has this identifier already.")})


class Theme(Term):
    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class TargetGroup(Term):
    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Place(models.Model):
    """Reference data with an official code; names come from the classification, not translators."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=100)
    name_sv = models.CharField(_("name in Swedish"), max_length=100)
    year = models.PositiveSmallIntegerField(
        _("list of the year"),
        null=True,
        editable=False,
        help_text=_("The newest official list in which it stands."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        language = translation.get_language() or "fi"
        return self.name_in(language)

    def name_in(self, language: str) -> str:
        return getattr(self, f"name_{language}", "") or self.name_fi


class Region(Place):
    """A region (maakunta). Two-digit code."""

    name_en = models.CharField(_("name in English"), max_length=100)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name_fi"]


class Municipality(Place):
    """A municipality (kunta), three-digit code. Merged ones stay: old projects name them."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="municipalities"
    )
    in_force = models.BooleanField(_("in force"), default=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_fi"]


class ImportRecord(models.Model):
    """What a project file said last time about one object in one language.

    ``seen`` holds hashes, not words: an import compares them with what the page says now, and so
    knows an editor's change from its own. Shape: ``{"fields": {name: hash},
    "lists": {name: [[item key, {name: hash}], …]}}``. See
    ``projects/importing/loading/merging.py``.

    ``is_former``: of an object that was joined into this one; files go on finding it by that id.
    """

    kind = models.CharField(max_length=20)
    identifier = models.CharField(max_length=120)
    translation_key = models.UUIDField()
    language = models.CharField(max_length=12)
    seen = models.JSONField(default=dict)
    is_former = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported object")
        verbose_name_plural = _("imported objects")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "translation_key", "language"],
                condition=models.Q(is_former=False),
                name="one_import_record",
            )
        ]
        indexes = [models.Index(fields=["kind", "identifier"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.identifier} ({self.language})"


class Joining(models.Model):
    """Two records or projects that were made one: what it takes to make them two again.

    ``steps`` as :mod:`projects.joining.journal` writes them. They hold what was in the one that is
    gone, so they are let go after a month (:mod:`projects.joining.keeping`).
    """

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    key = models.UUIDField(_("key of the one that stayed"))
    stayed = models.CharField(_("stayed"), max_length=255)
    gone = models.CharField(_("joined into it"), max_length=255)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)
    steps = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("joining")
        verbose_name_plural = _("joinings")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone} → {self.stayed}"
