"""The addresses at which works are handed over, taken back, approved and published, one or many."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from cms.core.concurrency import each_once
from cms.core.languages import language_label

from .. import review
from ..models import Work

MOST_SENTENCES = 20


def for_each(request, works: Iterable[Work], act: Callable[[Work, Any], Any], done: str) -> int:
    """``act`` on each of several works, in a transaction of its own; a sentence for each refusal.

    ``done``: the sentence for those that went well, with their number.
    """
    well, refused = 0, []
    with each_once():  # One letter about all of them.
        for work in works:
            try:
                act(work, request.user)
            except PermissionDenied:
                refused.append((work, _("You may not do this.")))
            except ValidationError as error:
                refused.append((work, " ".join(error.messages)))
            else:
                well += 1
    if well:
        messages.success(request, done % {"count": well})
    for work, sentence in refused[:MOST_SENTENCES]:
        messages.error(request, f"{name_of(work)}: {sentence}")
    if len(refused) > MOST_SENTENCES:
        more = len(refused) - MOST_SENTENCES
        text = ngettext("%(count)s more was refused.", "%(count)s more were refused.", more)
        messages.error(request, text % {"count": more})
    return well


def name_of(work: Work) -> str:
    translation = work.translation
    language = language_label(translation.target_locale.language_code)
    names = {"title": translation.source.object_repr, "language": language}
    return _("“%(title)s” (%(language)s)") % names


def found_works(**condition) -> Iterable[Work]:
    related = ("translation__source__specific_content_type", "translation__target_locale")
    return Work.objects.filter(translation__enabled=True, **condition).select_related(*related)


def work_or_404(work_id: int) -> Work:
    work = found_works(pk=work_id).first()
    if work is None:
        raise Http404
    return work


def _turn(request, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do it, say how it went, and go back to where it was asked for."""
    back = get_valid_next_url_from_request(request) or reverse("translation:work")
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(back)


@require_POST
def hand_over(request, translation_id: int) -> HttpResponse:
    translation = get_object_or_404(Translation, pk=translation_id)
    done = _("Handed over: the reviewers have been told.")
    return _turn(request, lambda: review.hand_over(translation, request.user), done)


@require_POST
def withdraw(request, work_id: int) -> HttpResponse:
    work = work_or_404(work_id)
    done = _("Taken back: it can be translated again.")
    return _turn(request, lambda: review.withdraw(work, request.user), done)


@require_POST
def publish(request, work_id: int) -> HttpResponse:
    work = work_or_404(work_id)
    done = _("Published: %s.") % name_of(work)
    return _turn(request, lambda: review.publish(work, request.user), done)


@require_POST
def approve_several(request) -> HttpResponse:
    """The ticked rows of My work."""
    ticked = [pk for pk in request.POST.getlist("work") if pk.isdecimal() and len(pk) < 19]
    if not ticked:
        messages.error(request, _("Tick the rows that are meant."))
    publish_many(request, found_works(pk__in=ticked[:500]))
    return redirect(get_valid_next_url_from_request(request) or reverse("translation:work"))


def publish_many(request, works: Iterable[Work]) -> int:
    """Of ticked rows: what is in review is approved, anything else published without."""

    def act(work: Work, user) -> Work:
        is_in_review = work.state == Work.State.IN_REVIEW
        return review.approve(work, user) if is_in_review else review.publish(work, user)

    return for_each(request, works, act, _("Approved: %(count)s."))


urlpatterns = [
    path("hand-over/<int:translation_id>/", hand_over, name="hand_over"),
    path("review/<int:work_id>/withdraw/", withdraw, name="withdraw"),
    path("review/<int:work_id>/publish/", publish, name="publish"),
    path("review/approve/", approve_several, name="approve_several"),
]
