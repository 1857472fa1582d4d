"""The search page and its addresses, suggestions, and «I did not find it»."""

from dataclasses import replace

from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, re_path, reverse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cms.core.routing import reads, same_origin, site_of
from projects.pictures.files import ADDRESS

from . import exports
from .models import MissedSearch
from .page import KIND_TITLES, Highlighter, ResultPage
from .pictures import picture_file, views_of
from .question import SearchParameters, clean_query
from .service import ask, suggestions


@require_safe
def results(request) -> HttpResponse:
    """The search page; for htmx only its list and filters."""
    site_of(request)  # Wagtail asks for it, and would ask the database.
    parameters = SearchParameters.from_query(request.GET)
    language = translation.get_language()
    outcome = ask(parameters, language)
    listing = ResultPage(parameters, outcome, Highlighter(outcome.plan))
    if parameters.query and not outcome.result.total and not parameters.facets:
        MissedSearch.objects.note(language, parameters.query)
    context = {
        "listing": listing,
        "outcome": outcome,
        "search_url": reverse("search:results"),
        "elsewhere": [
            (code, count, listing.address("results", code)) for code, count in outcome.elsewhere
        ],
        "csv_url": listing.address("hits-csv"),
        "json_url": listing.address("hits-json"),
        "atom_url": listing.address("hits-atom"),
    }
    if listing.total:
        context |= views_of(parameters, language, request.GET.get("view", ""))
    if outcome.did_you_mean:
        context["did_you_mean_url"] = replace(parameters, query=outcome.did_you_mean, page=1).url
    partial = request.htmx and not request.htmx.history_restore_request
    template = "search/_listing.html" if partial else "search/results.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    # What the engine answers does not hang on the content epoch alone.
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def suggest(request) -> JsonResponse:
    """Suggestions for what is being typed, as JSON for the combobox."""
    language = translation.get_language()
    found = suggestions(clean_query(request.GET.get("q", "")), language)
    message = ngettext(
        "%(count)s suggestion. Use the arrow keys.",
        "%(count)s suggestions. Use the arrow keys.",
        len(found),
    ) % {"count": len(found)}
    return JsonResponse(
        {
            "message": message if found else gettext("No suggestions."),
            "suggestions": [
                {
                    "label": suggestion.text,
                    "kind": str(KIND_TITLES.get(suggestion.kind, "")),
                    "url": suggestion.url,
                }
                for suggestion in found
            ],
        }
    )


@csrf_exempt
@require_POST
def missed(request) -> HttpResponse:
    """«I did not find it»: counts the words for the staff and nothing about the visitor."""
    if not same_origin(request):
        return HttpResponseForbidden()
    MissedSearch.objects.note(
        translation.get_language(), clean_query(request.POST.get("q", "")), reported=True
    )
    if request.htmx:
        return render(request, "search/_thanks.html")
    return redirect("search:thanks")


@require_safe
def thanks(request) -> HttpResponse:
    return render(request, "search/thanks.html")


app_name = "search"
urlpatterns = [
    path("", reads(results), name="results"),
    path("suggest/", reads(suggest), name="suggest"),
    path("missed/", missed, name="missed"),
    path("thanks/", reads(thanks), name="thanks"),
    re_path(rf"^kuvat/{ADDRESS}", reads(picture_file), name="picture"),
    path("hits.csv", reads(exports.csv_hits), name="hits-csv"),
    path("hits.json", reads(exports.json_hits), name="hits-json"),
    path("hits.atom", reads(exports.HitFeed()), name="hits-atom"),
]
