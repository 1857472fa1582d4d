"""The numbers of the whole site on one page, to quote and to embed."""

from datetime import date

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from cms.core.content_epoch import held
from cms.core.page_cache import know_parameters
from cms.core.presenters import ViewPage
from cms.core.routing import reads, site_of

from ..models import Status
from ..public.catalogue import catalogue
from ..public.filters import NOT_STATED
from .files import with_files
from .making import MONEY, map_of, money_of, timeline_of
from .money import sum_of
from .rows import places_of


@held
def numbers(language: str, today: date) -> dict:
    """Everything that the page says, made once for each language, day and state of the site."""
    known = catalogue()
    everything, states = known.everything, known.masks_on(today)["status"]
    pictures = [map_of(everything, language), timeline_of(everything, language, today)]
    pictures += [money_of(everything, language, by) for by in MONEY]
    counted = {
        name: len([value for value in known.masks[name] if value != NOT_STATED])
        for name in ("municipality", "region", "organisation", "funder", "programme")
    }
    return {
        "total": len(known.keys),
        "states": [
            (status.label, states[status].bit_count()) for status in Status if states.get(status)
        ],
        "running": states.get(Status.RUNNING, 0).bit_count(),
        "counted": counted,
        "money": sum_of(places_of(everything)),
        "pictures": [with_files(picture, "") for picture in pictures],
        "today": today,
    }


def context_of(request) -> dict:
    site_of(request)
    know_parameters(request, ())
    found = numbers(translation.get_language(), timezone.localdate())
    title = _("The projects in numbers")
    description = _("How many projects there are, where, when and with what money.")
    return {**found, "page": ViewPage(title, description)}


@require_safe
def page(request) -> HttpResponse:
    context = context_of(request)
    context["embedded"] = request.build_absolute_uri(reverse("numbers:embedded"))
    return render(request, "projects/numbers.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embedded(request) -> HttpResponse:
    """The same without what surrounds a page, for a frame on anybody's site."""
    return render(request, "projects/numbers_embedded.html", context_of(request))


app_name = "numbers"
urlpatterns = [
    path("", reads(page), name="page"),
    path("upotus/", reads(embedded), name="embedded"),
]
