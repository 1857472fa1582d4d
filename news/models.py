"""News and events: one kind of page, which an end, a time, a place or a link makes an event.

Days, picture, projects and organisations are facts: the language that was first written has them
for all (:mod:`cms.translation.facts`). Title, lead, place, text and alternative text are words.
"""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.core.blocks import BodyBlock
from cms.core.models import BasePage, picture_key
from cms.core.permissions import LocalisedPageManager
from cms.core.presenters import presenter_of
from cms.translation.facts import FactsPage
from cms.translation.facts.panels import FactsForm, FactsPanel
from cms.translation.facts.records import PASS_ON_OR_CASCADE
from projects.models import Organisation, ProjectPage
from projects.models.doubles import OnceRowsPanel

EVENT_FIELDS = ("start_time", "last_day", "end_time", "place", "link")
"""Any of these makes an item an event."""
YEARS = (1900, 2200)


class NewsIndexPage(BasePage):
    """The list: coming events, news, past events."""

    objects = LocalisedPageManager()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    template = "pages/news_index_page.html"

    class Meta:
        verbose_name = _("list of news and events")
        verbose_name_plural = _("lists of news and events")


class NewsPageForm(FactsForm, WagtailAdminPageForm):
    """Says at the field what does not agree; the model says it again for every other way in."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        image = cleaned.get("image")
        if image and not (cleaned.get("image_alt") or image.description):
            self.add_error("image_alt", _("Say what the picture shows."))
        return cleaned


class NewsPage(FactsPage, BasePage):
    """A piece of news, or an event."""

    day = models.DateField(
        _("day"),
        default=timezone.localdate,
        help_text=_("Of news, the day of the news. Of an event, its first day."),
    )
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only if it goes on for several days.")
    )
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(
        _("place"),
        max_length=255,
        blank=True,
        help_text=_("For example: Library of Kajaani, Kauppakatu 35, or: Online."),
    )
    link = models.URLField(
        _("link for taking part"),
        blank=True,
        max_length=500,
        help_text=_("Where people sign up or join online."),
    )
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("The event stays on the pages and is marked as cancelled, in calendars too."),
    )
    image = picture_key(verbose_name=_("picture"))
    image_alt = models.CharField(
        _("what the picture shows"),
        max_length=255,
        blank=True,
        help_text=_(
            "The alternative text, for those who do not see the picture. Empty: the description "
            "that the picture has in the gallery."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    objects = LocalisedPageManager()

    fact_fields = (
        *("day", "start_time", "last_day", "end_time", "link", "is_cancelled"),
        *("image", "social_image"),
    )
    fact_relations = ("projects", "organisations")
    translatable_fields = [
        *(
            TranslatableField(name)
            for name in ("title", "seo_title", "search_description", "lead", "place", "image_alt")
        ),
        TranslatableField("body"),
        *BasePage.override_translatable_fields,
    ]
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []
    template = "pages/news_page.html"
    base_form_class = NewsPageForm
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("place"),
        index.SearchField("body"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FactsPanel(heading=_("Facts")),
        FieldPanel("day"),
        MultiFieldPanel(
            [
                FieldRowPanel(["start_time", "end_time"]),
                FieldPanel("last_day"),
                FieldPanel("place"),
                FieldPanel("link"),
                FieldPanel("is_cancelled"),
            ],
            heading=_("If it is an event"),
            help_text=_(
                "Leave all of this empty for a piece of news. A time, a last day, a place or a "
                "link makes it an event: it is then in the calendar, and sinks below the news by "
                "itself once it is over."
            ),
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
        FieldPanel("body"),
        OnceRowsPanel(
            "projects",
            heading=_("Projects that it is about"),
            label=_("Project"),
            help_text=_("It is then shown on the pages of these projects, in every language."),
            max_num=40,
        ),
        OnceRowsPanel(
            "organisations",
            heading=_("Organisations that it is about"),
            label=_("Organisation"),
            max_num=40,
        ),
    ]

    class Meta:
        verbose_name = _("news item or event")
        verbose_name_plural = _("news and events")

    def clean(self) -> None:
        super().clean()
        errors = span_faults(self.day, self.start_time, self.last_day, self.end_time)
        if errors:
            raise ValidationError(errors)

    @property
    def is_event(self) -> bool:
        """Of the page that carries the facts."""
        return any(getattr(self, name) for name in EVENT_FIELDS)

    @cached_property
    def item(self) -> Any:
        """As the public meets it, see :class:`news.public.Item`."""
        return presenter_of(self).item(self)


def span_faults(day: date | None, start_time, last_day: date | None, end_time) -> dict[str, Any]:
    """Field → what is wrong with it: an end before the beginning, or one without a beginning."""
    for name, given in (("day", day), ("last_day", last_day)):
        if given and not YEARS[0] <= given.year <= YEARS[1]:
            return {name: _("The year can't be right.")}
    if day and last_day and last_day < day:
        return {"last_day": _("The last day is before the first.")}
    if end_time and not start_time:
        return {"start_time": _("Give the time at which it begins too.")}
    same_day = not last_day or last_day == day
    if start_time and end_time and same_day and end_time <= start_time:
        return {"end_time": _("It ends before it begins. Does it go on to the next day?")}
    return {}


class NewsProject(Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="projects")
    project = models.ForeignKey(
        ProjectPage, verbose_name=_("project"), on_delete=models.CASCADE, related_name="news_links"
    )

    panels = [FieldPanel("project")]

    class Meta(Orderable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")


class NewsOrganisation(Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=PASS_ON_OR_CASCADE,
        related_name="news_links",
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
