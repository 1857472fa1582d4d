from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.core.languages import language_direction, language_name

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


class PublicationFile(TranslatableMixin, Orderable):
    """The publication in one language: a file here, or a link elsewhere (a video, say)."""

    page = ParentalKey(
        "publications.PublicationPage", on_delete=models.CASCADE, related_name="files"
    )
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
