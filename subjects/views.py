"""Pages of subjects, and the lists of all of a kind."""

from collections.abc import Iterator
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import re_path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.core.page_cache import know_parameters
from cms.core.presenters import ViewPage
from cms.core.routing import public_urls, reads, site_of
from news.public import items_about
from projects.models import ProjectIndexPage
from projects.public.addresses import (
    KINDS,
    MODELS,
    PLACES,
    SEGMENTS,
    addresses,
    key_of,
    shown_keys,
)
from projects.public.catalogue import catalogue
from projects.public.figures import sums
from projects.public.publicity import publicity_of
from publications.public import publications_of

from .directory import Directory
from .open_data import described
from .subject import TITLES, all_of, subject_of

MEMBERS = "jasenet"


def subject_page(request, segment: str, slug: str) -> HttpResponse:
    site_of(request)
    kind = KINDS[segment]
    value = addresses().values.get((kind, slug.lower()))
    subject = subject_of(kind, value) if value else None
    if subject is None:
        raise Http404
    if subject.url != request.path:
        return redirect(subject.url, permanent=True)
    know_parameters(request, ())
    list_url = project_list_url(subject.language)
    programme = subject.record if kind == "programme" else None
    context = {
        "subject": subject,
        "page": ViewPage(
            subject.title,
            subject.description or summary(subject),
            above=((str(TITLES[kind][1]), list_of(kind)),),
            node=described(subject, request),
        ),
        "list_url": f"{list_url}{subject.query}" if list_url else "",
        "publications": publications_of(subject.keys, subject.language),
        "news": items_about(subject.key, subject.language) if kind == "organisation" else [],
        "sums": sums(subject.keys, subject.language),
        "publicity": publicity_of(programme, subject.language) if programme else None,
        "csv_url": hits("hits-csv", subject),
        "atom_url": hits("hits-atom", subject),
    }
    return render(request, "subjects/subject.html", context)


def summary(subject) -> str:
    """For search engines, where nobody has written a text."""
    return _("%(name)s: projects, who takes part and with what money.") % {"name": subject.title}


def hits(name: str, subject) -> str:
    return f"{reverse(f'search:{name}')}?type=project&{subject.query[1:]}"


def project_list_url(language: str) -> str:
    """The list of projects in the reader's language, or in any."""
    for urls in public_urls(ProjectIndexPage).values():
        return urls.get(language) or next(iter(urls.values()))
    return ""


def list_of(kind: str) -> str:
    return reverse("subjects:list", args=[SEGMENTS[kind]])


def subject_list(request, segment: str) -> HttpResponse:
    site_of(request)
    kind, language = KINDS[segment], translation.get_language()
    if kind == "organisation":
        return directory(request, members=False)
    keys = shown_keys(MODELS[kind], timezone.localdate()) if kind in MODELS else None
    title = str(TITLES[kind][1])
    know_parameters(request, ())
    context = {"page": ViewPage(title), "links": all_of(kind, language, keys)}
    return render(request, "subjects/list.html", context)


def directory(request, members: bool) -> HttpResponse:
    """Organisations, or the association's members, by words and region."""
    site_of(request)
    shown = Directory(request.GET, translation.get_language(), members)
    know_parameters(request, shown.parameters)
    title = _("Members") if members else str(TITLES["organisation"][1])
    context = {"page": ViewPage(title), "directory": shown}
    return render(request, "subjects/directory.html", context)


def ways() -> Iterator[str]:
    """Of every page that this room makes, below a language's prefix; and that of the numbers."""
    yield from ("luvut/", f"{MEMBERS}/", *(f"{segment}/" for segment in KINDS))
    today = timezone.localdate()
    for (kind, value), slug in addresses().slugs.items():
        named = kind in PLACES and value in catalogue().masks[kind]
        if named or (kind in MODELS and key_of(kind, value) in shown_keys(MODELS[kind], today)):
            yield f"{SEGMENTS[kind]}/{slug}/"


app_name = "subjects"
_segments = "|".join(KINDS)
urlpatterns = [
    re_path(rf"^{MEMBERS}/$", reads(partial(directory, members=True)), name="members"),
    re_path(rf"^(?P<segment>{_segments})/$", reads(subject_list), name="list"),
    re_path(
        rf"^(?P<segment>{_segments})/(?P<slug>[^/]{{1,130}})/$", reads(subject_page), name="page"
    ),
]
