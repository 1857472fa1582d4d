from datetime import timedelta
from http import HTTPMethod

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from .permissions import PagePermissions
from .querysets import LocalisedPageManager
from .structured_data import absolute


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
    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared in social media. 1200 × 630 pixels is best."),
    )

    # Relations that the page's template reads, joined when the page is served (``routing.py``).
    select_for_serving: tuple[str, ...] = ()
    # Set when it is known beforehand that no page of the site has a view restriction.
    is_open = False

    objects = LocalisedPageManager()

    override_translatable_fields = [SynchronizedField("slug")]
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", FieldPanel("social_image")],
            heading=_("For search engines and sharing"),
        ),
        MultiFieldPanel(["show_in_menus"], heading=_("Navigation")),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> PagePermissions:
        return PagePermissions(user, self)

    def get_view_restrictions(self):
        if self.is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def meta_description(self) -> str:
        return self.search_description or self.lead

    @property
    def sharing_image(self):
        """The picture for social media: the chosen one, else the page's own; never a drawing."""
        for name in ("social_image", "image", "cover"):
            image = getattr(self, name, None)
            if image and not image.is_svg():
                return image
        return None

    def structured_data(self, request) -> dict | list[dict]:
        """What the page is in schema.org's words (see :mod:`cms.core.structured_data`)."""
        return {
            "@type": "WebPage",
            "name": self.title,
            "description": self.meta_description,
            "url": absolute(request, self.get_url(request)),
            "inLanguage": self.locale.language_code,
            "dateModified": self.last_published_at,
        }


SILENCE = timedelta(seconds=30)
"""After how long without a sign of life a busy worker counts as dead."""


class WorkerPulse(models.Model):
    """When a worker that has been busy for a while last showed that it is alive.

    Whatever is done within ``SILENCE`` needs no sign, so that an idle worker writes nothing.
    """

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id


def living_workers() -> set[str]:
    """Ids of the workers that have been seen at long work lately."""
    lately = WorkerPulse.objects.filter(seen_at__gte=timezone.now() - SILENCE)
    return set(lately.values_list("worker_id", flat=True))


class ScheduledJob(models.Model):
    """When a job of :mod:`cms.core.schedule` is due, and who has it in hand."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker_id = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    def claim(self, worker_id: str, living: set[str]) -> bool:
        """Take the job, unless another worker has it or is quicker."""
        now = timezone.now()
        if self.worker_id and (self.worker_id in living or self.started_at > now - SILENCE):
            return False
        as_read = ScheduledJob.objects.filter(
            pk=self.pk, due_at=self.due_at, worker_id=self.worker_id, started_at=self.started_at
        )
        taken = as_read.update(worker_id=worker_id, started_at=now)
        self.worker_id, self.started_at = worker_id, now
        return bool(taken)

    def finish(self, error: str, pause: timedelta) -> None:
        """Note how it went, unless the job was taken up by somebody else meanwhile."""
        now = timezone.now()
        mine = ScheduledJob.objects.filter(
            pk=self.pk, worker_id=self.worker_id, started_at=self.started_at
        )
        finished_at = self.finished_at if error else now
        mine.update(
            worker_id="",
            error=error,
            finished_at=finished_at,
            due_at=max(self.started_at + pause, now),
        )
