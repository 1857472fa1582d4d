"""Links to pages and files of this site: the database knows them, and no request is made."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.core.routing import find_page, stand_in

from .models import ANSWER, Fault, Link


def settle() -> int:
    """Note which links of our own lead somewhere; the number whose state has changed."""
    links = list(Link.objects.own())
    pages = _numbers(links, "page")
    there = {f"page:{pk}" for pk in _existing(Page.objects.filter(live=True), pages)}
    files = _existing(get_document_model().objects.all(), _numbers(links, "document"))
    there |= {f"document:{pk}" for pk in files}
    changed = []
    for link in links:
        is_there = link.url in there if "://" not in link.url else leads_somewhere(link.url)
        if is_there == bool(link.failed_days) or link.checked_at is None:
            _note(link, is_there)
            changed.append(link)
    with transaction.atomic():
        Link.objects.bulk_update(changed, ANSWER, batch_size=500)
    return len(changed)


def _note(link: Link, is_there: bool) -> None:
    link.checked_at = timezone.now()
    if is_there:
        link.note_success()
    else:
        is_file = link.url.startswith("document:") or "/documents/" in link.url
        link.note_failure(Fault.OWN_FILE if is_file else Fault.OWN_PAGE, sure=True)


def _numbers(links: Iterable[Link], kind: str) -> list[int]:
    found = (link.url.partition(":") for link in links)
    return [int(number) for name, _colon, number in found if name == kind]


def _existing(things, keys: list[int]) -> set[int]:
    """Asked for in parts: a database takes only so many numbers in one question."""
    found: set[int] = set()
    for start in range(0, len(keys), 500):
        found |= set(things.filter(pk__in=keys[start : start + 500]).values_list("pk", flat=True))
    return found


def leads_somewhere(url: str) -> bool:
    """Whether a visitor who opens this address of ours meets something."""
    parts = urlsplit(url)
    path = unquote(parts.path) or "/"
    language = translation.get_language_from_path(path)
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return _is_redirected(parts.path)
        if match.url_name == "wagtail_serve":
            request = RequestFactory().get(path, HTTP_HOST=parts.netloc)
            below = match.args[0] if match.args else match.kwargs.get("path", "")
            found = find_page(request, below) or stand_in(request, below)
            return found is not None or _is_redirected(parts.path)
    number = match.kwargs.get("document_id")
    if number is not None:
        return get_document_model().objects.filter(pk=number).exists()
    return True


def _is_redirected(path: str) -> bool:
    old = Redirect.normalise_path(path)
    return Redirect.objects.filter(old_path=old).exists()
