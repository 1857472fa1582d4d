"""The list of publications, and a publication with its files and projects."""

from functools import cached_property
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.assets.access import is_restricted, restricted_paths
from cms.core.blocks import BodyBlock
from cms.core.languages import language_direction, language_name
from cms.core.lists import Alphabetical
from cms.core.models import BasePage, picture_key
from cms.core.permissions import LocalisedPageManager, LocalisedPageQuerySet
from projects.models import ProjectPage
from projects.public.listing import Card, cards


class PublicationKind(models.TextChoices):
    GUIDE = "guide", _("Guide")
    REPORT = "report", _("Report")
    VIDEO = "video", _("Video")
    MATERIAL = "material", _("Material")
    OTHER = "other", _("Other")


# Languages that a publication can be in: more than the site's own.
LANGUAGE_CHOICES = [
    ("fi", _("Finnish")),
    ("fi-simple", _("Easy Finnish")),
    ("sv", _("Swedish")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
    ("so", _("Somali")),
    ("sw", _("Swahili")),
    ("et", _("Estonian")),
    ("fa", _("Persian")),
    ("fr", _("French")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("ku", _("Kurdish")),
    ("prs", _("Dari")),
    ("se", _("Northern Sami")),
    ("sq", _("Albanian")),
    ("th", _("Thai")),
    ("ti", _("Tigrinya")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("vi", _("Vietnamese")),
    ("zh-hans", _("Chinese")),
]

COVER_WIDTHS = (120, 240)
COVER_SPECS = [
    f"format-{file_format}|width-{width}"
    for file_format in ("avif", "webp", "jpeg")
    for width in COVER_WIDTHS
]


class PublicationQuerySet(LocalisedPageQuerySet):
    def for_cards(self) -> Self:
        """With what a card shows, in three queries: pages, covers with renditions, files."""
        covers = get_image_model().objects.prefetch_renditions(*COVER_SPECS)
        return (
            self.select_related("locale")
            .defer("body")
            .prefetch_related(Prefetch("cover", queryset=covers), "files")
        )

    def newest_first(self) -> Self:
        newest = F("publication_date").desc(nulls_last=True)
        return self.order_by(newest, Alphabetical("title"), "pk")


class PublicationIndexPage(BasePage):
    objects = LocalisedPageManager()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["publications.PublicationPage"]
    max_count_per_parent = 1
    template = "pages/publication_index_page.html"

    class Meta:
        verbose_name = _("publication list")
        verbose_name_plural = _("publication lists")


class PublicationPage(BasePage):
    """A guide, report or video, with one file or link for each language it exists in."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=PublicationKind.choices, default=PublicationKind.GUIDE
    )
    publication_date = models.DateField(_("published"), null=True, blank=True)
    cover = picture_key(verbose_name=_("cover"))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = PageManager.from_queryset(PublicationQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("publication_date"),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        InlinePanel("projects", heading=_("Projects"), label=_("Project")),
        FieldPanel("cover"),
        FieldPanel("body"),
    ]
    parent_page_types = ["publications.PublicationIndexPage"]
    subpage_types = []
    template = "pages/publication_page.html"
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    @cached_property
    def reader_files(self) -> list:
        """The files, the one in the page's own language first, then in the editor's order.

        ``is_restricted`` tells that a file lies in a collection that is not open to everybody.
        """
        files = list(self.files.select_related("document").order_by("sort_order"))
        closed = restricted_paths()
        for file in files:
            file.is_restricted = bool(file.document and is_restricted(file.document, closed))
        own = self.locale.language_code
        return sorted(files, key=lambda file: file.language != own)

    @cached_property
    def reader_projects(self) -> list[Card]:
        """The projects of this publication, each in the best language for the reader."""
        keys = self.projects.values_list("project__translation_key", flat=True)
        return cards(dict.fromkeys(keys))


class PublicationFile(TranslatableMixin, Orderable):
    """The publication in one language: a file here, or a link elsewhere (a video, say)."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES)
    title = models.CharField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_("In the language of the file. Empty: the publication's own title."),
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="publication_files",
    )
    url = models.URLField(_("link"), blank=True)

    # The title is written in the file's language, whichever language the page is in.
    override_translatable_fields = [SynchronizedField("title")]

    panels = [
        FieldPanel("language"),
        FieldPanel("title"),
        FieldPanel("document"),
        FieldPanel("url"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return f"{self.title or self.document_id or self.url} ({self.language})"

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.url):
            raise ValidationError({"url": _("Choose a file or give a link: one of the two.")})

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return language_direction(self.language)

    @property
    def href(self) -> str:
        return self.document.url if self.document else self.url


class PublicationProject(TranslatableMixin, Orderable):
    """A publication of a project. Read by ``translation_key``: one link holds in every language."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="projects")
    project = models.ForeignKey(
        ProjectPage,
        verbose_name=_("project"),
        on_delete=models.CASCADE,
        related_name="publication_links",
    )

    panels = [FieldPanel("project")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
