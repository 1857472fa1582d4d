"""Projects in a file: those that are ticked in a listing, or filtered as the listing is."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Locale, Page

from projects.admin.listing import ProjectListing, ProjectListingViewSet
from projects.models import ProjectPage

from .. import taking_out
from .frame import frame

FORMAT, TICKED = "as", "id"


class TakeOut(ProjectListing):
    """With the filters and the rights of the listing: nobody takes out what she may not see."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        pages, left_out = self.chosen()
        kind = request.GET.get(FORMAT)
        if kind in taking_out.KINDS and pages:
            return _file(kind, pages)
        return self._choice(len(pages), left_out)

    def chosen(self) -> tuple[list[ProjectPage], int]:
        """The projects in the site's own language, and how many are in none of its pages."""
        query = self.filter_queryset(self.get_base_queryset())
        ticked = [int(pk) for pk in self.request.GET.getlist(TICKED) if pk.isdecimal()]
        found = self.get_base_queryset().filter(pk__in=ticked) if ticked else query
        keys = set(found.values_list("translation_key", flat=True))
        own = ProjectPage.objects.filter(translation_key__in=keys, locale=Locale.get_default())
        pages = list(own.order_by("title", "pk"))
        return pages, len(keys) - len(pages)

    def _choice(self, count: int, left_out: int) -> HttpResponse:
        query = self.request.GET.copy()
        query.pop(FORMAT, None)
        files = []
        for kind, (label, _type) in taking_out.KINDS.items():
            query[FORMAT] = kind
            files.append((label, f"?{query.urlencode()}"))
        told = ngettext(
            "%(count)s project is taken out.", "%(count)s projects are taken out.", count
        )
        context = {
            "files": files if count else [],
            "told": told % {"count": count},
            "left_out": left_out,
            **frame(_("Take out projects")),
        }
        return render(self.request, "intake/admin/take_out.html", context)


def _file(kind: str, pages: list[ProjectPage]) -> HttpResponse:
    content = taking_out.write(kind, pages, get_language() or "en")
    name = f"{_('projects')}-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=taking_out.KINDS[kind][1], headers=headers)


def of_listing(query: str) -> tuple[str, str]:
    """The choice in the listing's menu of exports."""
    return str(_("To bring in again, 360Giving, project files …")), f"{url()}?{query}"


def url() -> str:
    return reverse("taking_out:index")


class TakingOut(ProjectListingViewSet):
    """One address, outside the menu."""

    name = "taking_out"
    url_prefix = "take-out"
    add_to_admin_menu = False
    index_view_class = TakeOut

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.index_view, name="index")]


class TakeOutTicked(PageBulkAction):
    """Leads from the ticked rows of a listing to the choice of a file."""

    display_name = gettext_lazy("Take out")
    action_type = "take_out"
    aria_label = gettext_lazy("Take out the ticked projects")
    action_priority = 30
    models = [Page]

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        ticked = [pk for pk in request.GET.getlist(TICKED) if pk.isdecimal()]
        return redirect(f"{url()}?{urlencode({TICKED: ticked}, doseq=True)}")
