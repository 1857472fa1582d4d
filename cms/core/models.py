from collections.abc import Mapping
from http import HTTPMethod
from types import MappingProxyType

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from . import routing
from .concurrency import each_once
from .content_epoch import ContentEpoch
from .permissions import LocalisedPageManager, PagePermissions, restrictions_of
from .presenters import presenter_of
from .schedule import ScheduledJob, WorkerPulse

__all__ = ["BasePage", "ContentEpoch", "ScheduledJob", "WorkerPulse"]


def picture_key(**options) -> models.ForeignKey:
    """The field of a picture that there may be, and without which a page or record is still one."""
    optional = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}
    return models.ForeignKey(settings.WAGTAILIMAGES_IMAGE_MODEL, **optional, **options)


class FirstWrittenPanel(FieldPanel):
    """A field that the language which was first written has for all others."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            page = self.instance
            same = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
            is_first = page.pk is None or not same.filter(pk__lt=page.pk).exists()
            return is_first and super().is_shown()


TOP = 3
"""Depth in the tree of what lies right below a home page."""


class BasePage(Page):
    """What every page type of the house shares.

    The slug is synchronised across languages: an Arabic title slugifies to nothing, and the same
    path below the language prefix lets a visitor change language where the page exists.
    """

    lead = models.TextField(
        _("lead"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences that say what this is about. Shown in lists too."),
    )
    social_image = picture_key(
        verbose_name=_("picture for sharing"),
        help_text=_("Shown when the page is shared in social media. 1200 × 630 pixels is best."),
    )
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "On this day the front page of the admin asks for the page to be read through, and its "
            "owner gets an e-mail. All languages of the page have this day together."
        ),
    )

    # Fields that name one thing alone: a copy, which is another thing, has them blank.
    own_fields: tuple[str, ...] = ()
    # What a save notes in its revision beside the fields, for when that one is published.
    revision_notes: Mapping[str, object] = MappingProxyType({})
    # Set when it is known beforehand that no page of the site has a view restriction.
    is_open = False

    objects = LocalisedPageManager()

    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("review_on", overridable=False),
    ]
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", FieldPanel("social_image")],
            heading=_("For search engines and sharing"),
        ),
        MultiFieldPanel(["show_in_menus"], heading=_("Navigation")),
    ]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FirstWrittenPanel("review_on")], heading=_("Day of review")),
    ]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        with each_once():
            return super().save(*args, **kwargs)

    def serializable_data(self) -> dict:
        return {**super().serializable_data(), **self.revision_notes}

    def clean(self) -> None:
        """A page right below the home page must not lie where a view answers."""
        super().clean()
        new = not self.path and "home.HomePage" in (type(self).parent_page_types or ())
        if (new or self.depth == TOP) and routing.is_taken_by_view(self.slug):
            message = _("The site itself has a page at this address. Choose another word.")
            raise ValidationError({"slug": message})

    def minimal_clean(self) -> None:
        """Wagtail says what is wrong with a title without naming the field, and wagtail-localize,
        which tells translators by the field, ends in a server error.
        """
        try:
            super().minimal_clean()
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                raise
            raise ValidationError({"title": error.error_list}) from error

    def public_urls(self) -> dict[str, str]:
        """Addresses of the page in the languages in which everybody may read it."""
        return presenter_of(self).public_urls(self)

    def get_url_parts(self, request=None) -> tuple[int, str, str] | None:
        return routing.url_parts(self.url_path) or super().get_url_parts(request)

    def permissions_for_user(self, user) -> PagePermissions:
        return PagePermissions(user, self)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Of the thing, not of this translation alone (see :mod:`cms.core.permissions`)."""
        return PageViewRestriction.objects.none() if self.is_open else restrictions_of(self)

    def serve_password_required_response(self, request, form, action_url) -> TemplateResponse:
        """Wagtail's own hands the page to the template, and its title and description with it."""
        context = {"form": form, "action_url": action_url}
        response = TemplateResponse(request, "closed/password.html", context)
        response["X-Robots-Tag"] = "noindex"
        return response

    @property
    def meta_description(self) -> str:
        return self.search_description or self.lead

    @property
    def sharing_image(self) -> AbstractImage | None:
        """The picture for social media: the chosen one, else the page's own; never a drawing."""
        for name in ("social_image", "image", "cover"):
            image = getattr(self, name, None)
            if image and not image.is_svg():
                return image
        return None

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **presenter_of(self).get_context(self, request)}

    def structured_data(self, request) -> dict | list[dict]:
        """What the page is in schema.org's words (see :mod:`cms.core.presenters`)."""
        return presenter_of(self).structured_data(self, request)
