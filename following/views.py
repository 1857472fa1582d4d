"""The form to follow by e-mail, and the ways to confirm and to stop. No cookie, no script."""

import logging
import re

from django import forms
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.core.presenters import ViewPage
from cms.core.routing import same_origin, site_of
from cms.users.sign_in import refuse_often

from .letters import ask_to_confirm
from .models import LONGEST_QUESTION, Follow
from .questions import Question, question_at

logger = logging.getLogger("katto.following")
NUMBER = re.compile(r"[0-9]{1,18}")
MOST = 50
"""Questions that one address may follow."""


class FollowForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "field", "autocomplete": "email", "dir": "ltr"}),
    )
    website = forms.CharField(required=False)
    """Nobody sees it; whoever fills it in is no reader."""


def asked(request) -> Question:
    address = (request.GET or request.POST).get("of", "") or request.POST.get("of", "")
    question = question_at(address) if len(address) <= LONGEST_QUESTION else None
    if question is None or len(question.address) > LONGEST_QUESTION:
        raise Http404
    return question


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request) -> HttpResponse:
    """The same answer whether the address is known or not: nobody learns who follows what."""
    site_of(request)
    if request.method == "POST" and not same_origin(request):
        return HttpResponseForbidden()
    question = asked(request)
    form = FollowForm(request.POST or None, prefix=None)
    often = request.method == "POST" and refuse_often(request, form, "follow", field="email")
    context = {"question": question, "form": form, "page": ViewPage(_("Follow by e-mail"))}
    if request.method == "POST" and form.is_valid():
        context["email"] = form.cleaned_data["email"]
        if form.cleaned_data["website"] or _note(form.cleaned_data["email"], question):
            return render(request, "following/sent.html", context)
        form.add_error("email", _("Please try again in a moment."))
    status = 429 if often else 400 if form.errors else 200
    return render(request, "following/follow.html", context, status=status)


def _note(email: str, question: Question) -> bool:
    """Whether all is well; not if the letter that asks could not be sent."""
    known = Follow.objects.filter(email__iexact=email)
    own = known.filter(question=question.address).first()
    if own is None and known.count() < MOST:
        own, _made = Follow.objects.get_or_create(
            email=email, question=question.address, defaults={"language": question.language}
        )
    if own is None or own.confirmed:
        return True
    try:
        ask_to_confirm(own, question)
    except OSError:
        logger.exception("The letter that asks a follower to confirm could not be sent.")
        return False
    return True


def followed(key) -> Follow:
    found = Follow.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, key) -> HttpResponse:
    """By a button: programs that look at links in mails confirm nothing."""
    site_of(request)
    own = followed(key)
    if request.method == "POST":
        Follow.objects.filter(pk=own.pk).update(confirmed=True)
        own.confirmed = True
    context = {
        "follow": own,
        "question": question_at(own.question),
        "page": ViewPage(_("Follow by e-mail")),
    }
    return render(request, "following/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, key) -> HttpResponse:
    """A mail program's one click (RFC 8058) stops all; on the page one can be chosen."""
    site_of(request)
    own = Follow.objects.filter(key=key).first()
    page = ViewPage(_("Stop following"))
    if own is None:
        return render(request, "following/stopped.html", {"page": page})
    all_of_it = Follow.objects.filter(email__iexact=own.email)
    if request.method == "POST":
        chosen = request.POST.get("only", "")
        if not chosen:
            all_of_it.delete()
        elif NUMBER.fullmatch(chosen):
            all_of_it.filter(pk=chosen).delete()
        if not chosen or not all_of_it.exists():
            return render(request, "following/stopped.html", {"page": page})
        own = all_of_it.first()
    context = {
        "page": page,
        "follow": own,
        "follows": [(each, question_at(each.question)) for each in all_of_it],
    }
    return render(request, "following/stop.html", context)


app_name = "following"
urlpatterns = [
    path(
        "",
        never_cache(csrf_exempt(follow)),
        name="follow",
    ),
    path("vahvista/<uuid:key>/", never_cache(csrf_exempt(confirm)), name="confirm"),
    path("lopeta/<uuid:key>/", never_cache(csrf_exempt(stop)), name="stop"),
]
