"""What the lines of the front page lead to: pages to review, broken links, pictures, drafts."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.core.formatting import day
from cms.core.models import BasePage

from .models import Link
from .waiting import (
    broken_uses,
    changeable_pictures,
    keeps_pages,
    other_drafts,
    picture_uses,
    pictures,
    place_of,
    reviews,
)

PER_PAGE = 50
YEAR, TRUSTED = timedelta(days=365), timedelta(days=183)
REVIEW_PANEL = "#panel-child-settings-day_of_review-section"
USES = 3
"""As many pages are named beside a picture."""


class Report(WagtailAdminTemplateMixin, TemplateView):
    """A page at a time of what somebody may mend; for staff who may change pages."""

    _show_breadcrumbs = True
    done = gettext_lazy("Nothing waits here.")

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not keeps_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def things(self) -> Any:
        """What is listed, to be counted and sliced."""
        raise NotImplementedError

    def rows(self, things: list) -> list:
        """What the template shows of each of them."""
        return things

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        page = Paginator(self.things(), PER_PAGE).get_page(self.request.GET.get("p"))
        numbers = page.paginator.get_elided_page_range(page.number)
        rows = self.rows(list(page.object_list))
        context = {"page_obj": page, "pages": numbers, "rows": rows, "done": self.done}
        return super().get_context_data(**kwargs, **context)


class ReviewReport(Report):
    template_name = "repair/reviews.html"
    page_title = gettext_lazy("Pages to review")
    header_icon = "date"

    def things(self) -> Any:
        return reviews(self.request.user).select_related("owner", "content_type").order_by("pk")

    def rows(self, things: list) -> list:
        pages = Page.objects.filter(pk__in=[each.pk for each in things])
        dates = {page.pk: page.review_on for page in pages.specific()}
        for page in things:
            page.due_on, page.kind = dates[page.pk], _kind(page)
            page.form = place_of(Page, page.pk, "").partition("#")[0] + REVIEW_PANEL
        return sorted(things, key=lambda page: page.due_on)


class LinkReport(Report):
    template_name = "repair/links.html"
    page_title = gettext_lazy("Broken links")
    header_icon = "link"

    def things(self) -> Any:
        return broken_uses(self.request.user)

    def rows(self, things: list) -> list:
        own = {each.link.pk: each.link for each in things if "://" not in each.link.url}
        names = own_names(self.request.user, list(own.values()))
        return [(each, names.get(each.link.pk, each.link.url)) for each in things]


class PictureReport(Report):
    template_name = "repair/pictures.html"
    page_title = gettext_lazy("Pictures without alternative text")
    header_icon = "image"

    def things(self) -> Any:
        found = pictures(self.request.user).order_by("title", "pk")
        return found.prefetch_renditions("max-120x90", "max-120x90|preserve-svg")

    def rows(self, things: list) -> list:
        uses = defaultdict(list)
        for use in picture_uses(self.request.user).filter(image__in=things).order_by("pk"):
            uses[use.image_id].append(use)
        shown = {use.object_id for found in uses.values() for use in found[:USES]}
        pages = Page.objects.in_bulk(shown)
        own = changeable_pictures(self.request.user).filter(pk__in=[each.pk for each in things])
        own = set(own.values_list("pk", flat=True))
        for picture in things:
            found = uses[picture.pk]
            picture.may_edit = picture.pk in own and not picture.description
            picture.places = [
                (pages[use.object_id], place_of(Page, use.object_id, use.place))
                for use in found[:USES]
                if use.object_id in pages
            ]
            picture.more = len({use.object_id for use in found}) - len(picture.places)
        return things


class DraftReport(Report):
    template_name = "repair/drafts.html"
    page_title = gettext_lazy("Other pages that wait to be published")
    header_icon = "doc-empty"

    def things(self) -> Any:
        pages = other_drafts(self.request.user).select_related("owner", "content_type")
        return pages.order_by("-latest_revision_created_at", "pk")

    def rows(self, things: list) -> list:
        for page in things:
            page.kind = _kind(page)
        return things


def _kind(page: Page) -> str:
    model = page.content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else ""


def own_names(user, links: list[Link]) -> dict[int, str]:
    """What links to pages and files of this site are to, as far as the user may know it."""
    numbers = {link.pk: link.url.partition(":") for link in links}
    seen = page_permission_policy.explorable_instances(user)
    there = seen.in_bulk([int(key) for name, _colon, key in numbers.values() if name == "page"])
    unknown = {"page": _("A deleted page, or a draft"), "document": _("A deleted file")}
    return {
        pk: there[int(key)].title if name == "page" and int(key) in there else unknown[name]
        for pk, (name, _colon, key) in numbers.items()
    }


@require_POST
def reviewed(request, page_id: int) -> HttpResponse:
    """The page was read and is right: it comes up again in a year."""
    if not keeps_pages(request.user):
        raise PermissionDenied
    page = get_object_or_404(reviews(request.user), pk=page_id).specific
    again = timezone.localdate() + YEAR
    put_off(page, again)
    log(instance=page, action="katto.reviewed", user=request.user)
    said = {"title": page.get_admin_display_title(), "day": day(again)}
    messages.success(request, _("“%(title)s” comes up for review again on %(day)s.") % said)
    return redirect("repair:reviews")


@transaction.atomic
def put_off(page: BasePage, until: date) -> None:
    """In the page and in its draft, which would bring the old day back."""
    type(page).objects.filter(pk=page.pk).update(review_on=until)
    if revision := page.latest_revision:
        revision.content = {**revision.content, "review_on": until.isoformat()}
        revision.save(update_fields=["content"])


@require_POST
def answer_link(request, link_id: int) -> HttpResponse:
    """Somebody has opened a broken link by hand, or wants it followed anew."""
    if not keeps_pages(request.user):
        raise PermissionDenied
    mine = (use.link for use in broken_uses(request.user))
    link = next((each for each in mine if each.pk == link_id and not each.is_own), None)
    if link is None:
        raise Http404
    if "works" in request.POST:
        link.note_success()
        link.due_at = timezone.now() + TRUSTED
        said = _("The link is left alone for half a year.")
    else:
        link.due_at = timezone.now()
        said = _("The link is followed again within minutes. If it works, it leaves this list.")
    link.save()
    messages.success(request, said)
    return redirect("repair:links")


urlpatterns = [
    path("reviews/", ReviewReport.as_view(), name="reviews"),
    path("reviews/<int:page_id>/", reviewed, name="reviewed"),
    path("links/<int:link_id>/", answer_link, name="answer_link"),
    path("links/", LinkReport.as_view(), name="links"),
    path("pictures/", PictureReport.as_view(), name="pictures"),
    path("drafts/", DraftReport.as_view(), name="drafts"),
]
