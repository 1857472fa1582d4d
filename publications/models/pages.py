from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index

from cms.assets.access import is_restricted, restricted_paths
from cms.core.blocks import BodyBlock
from cms.core.models import BasePage, picture_key
from cms.core.page_cache import know_parameters
from cms.core.querysets import LocalisedPageManager
from projects.cards import Card, cards
from projects.models import ProjectPage

from ..querysets import PublicationQuerySet
from ..structured_data import publication_node


class PublicationKind(models.TextChoices):
    GUIDE = "guide", _("Guide")
    REPORT = "report", _("Report")
    VIDEO = "video", _("Video")
    MATERIAL = "material", _("Material")
    OTHER = "other", _("Other")


class PublicationIndexPage(BasePage):
    objects = LocalisedPageManager()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["publications.PublicationPage"]
    max_count_per_parent = 1
    template = "pages/publication_index_page.html"

    class Meta:
        verbose_name = _("publication list")
        verbose_name_plural = _("publication lists")

    def get_context(self, request, *args, **kwargs):
        from ..listing import PublicationList

        publications = PublicationList(request.GET)
        know_parameters(request, publications.parameters)
        return {**super().get_context(request, *args, **kwargs), **publications.context()}

    def structured_data(self, request) -> dict:
        return {**super().structured_data(request), "@type": "CollectionPage"}


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

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "files": self.reader_files, "projects": self.reader_projects}

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

    def structured_data(self, request) -> dict:
        return publication_node(self, request)


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
