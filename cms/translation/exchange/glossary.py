"""The glossary as a file, out and in: an upload says first what it would do."""

from collections.abc import Callable
from hashlib import sha256
from operator import itemgetter
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from cms.core.languages import language_direction

from ..models import Term, Upload
from ..terms import table, taking, tmx
from .uploads import SHOWN, Flow

READERS = {".csv": table.read, ".txt": table.read, ".tmx": tmx.read}


def _require(user, *actions: str) -> None:
    policy = policy_registry.get_by_type(Term)
    if not all(policy.user_has_permission(user, action) for action in actions):
        raise PermissionDenied


def _download(name: str, kind: str, write: Callable) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    def download(request: HttpRequest) -> HttpResponse:
        _require(request.user, "view")
        terms = Term.objects.prefetch_related("words__locale").order_by("pk")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(write(terms), content_type=kind, headers=headers)

    return download


as_csv = _download("terms.csv", "text/csv; charset=utf-8", table.as_csv)
as_tmx = _download("terms.tmx", "application/xml", tmx.as_tmx)


def _read(name: str, content: bytes) -> list[taking.BroughtTerm]:
    ending = f".{name.lower().rpartition('.')[2]}"
    if ending not in READERS:
        raise ValidationError(_("Choose a CSV or TMX file."))
    return READERS[ending](content)


class Terms(Flow):
    purpose = "terms"
    most_bytes = table.MOST_BYTES
    icon = "openquote"
    index = "terms:index"

    @property
    def names(self) -> tuple[str, str]:
        return _("Terms"), _("Terms from a file")

    @property
    def has_changed(self) -> str:
        return _("The terms have changed since you looked: look again.")

    def require(self, user) -> None:
        _require(user, "add", "change")

    def read(self, name: str, content: bytes) -> list[taking.BroughtTerm]:
        return _read(name, content)

    def plan(self, user, brought: list[taking.BroughtTerm]) -> taking.Plan:
        return taking.plan(brought)

    def seen(self, plan: taking.Plan) -> str:
        return _fingerprint(plan)

    def take(self, user, plan: taking.Plan, upload: Upload) -> str:
        taking.take(plan)
        count = len(plan.new) + len(plan.changed)
        text = ngettext("%(count)s term was taken.", "%(count)s terms were taken.", count)
        return text % {"count": count}

    def shown(self, plan: taking.Plan) -> dict[str, Any]:
        return {"has_news": bool(plan.new or plan.changed), "parts": _parts(plan)}


def _fingerprint(plan: taking.Plan) -> str:
    changed = [(term.pk, term.updated_at, one) for term, one in plan.changed]
    return sha256(repr((plan.new, changed, plan.skipped)).encode()).hexdigest()[:16]


def _parts(plan: taking.Plan) -> list[dict[str, Any]]:
    """Lists of terms under a heading each; of changed ones what is there now, too."""
    parts = [
        (_("New"), [(one, None) for one in plan.new]),
        (_("Changed"), [(one, term) for term, one in plan.changed]),
    ]
    return [
        {
            "heading": heading,
            "count": len(pairs),
            "more": max(0, len(pairs) - SHOWN),
            "rows": [
                {"line": one.line, "name": one.name, "words": _words(one, term), "note": one.note}
                for one, term in pairs[:SHOWN]
            ],
        }
        for heading, pairs in parts
    ]


def _words(one: taking.BroughtTerm, term: Term | None) -> list[dict[str, Any]]:
    """What the term would be called; of one that is there, which words are new and which go."""
    there = taking.said(term) if term else {}
    brought = taking.brought(one)
    words = [
        _shown(code, *word, is_new=bool(term) and word not in there.get(code, ()))
        for code, said in brought.items()
        for word in sorted(said, key=itemgetter(1, 0))
    ]
    gone = [
        _shown(code, *word, is_gone=True)
        for code, said in there.items()
        for word in sorted(said - brought.get(code, said))
    ]
    return [*words, *gone]


def _shown(
    code: str, text: str, kind: str, note: str, is_new: bool = False, is_gone: bool = False
) -> dict[str, Any]:
    return {
        "code": code,
        "direction": language_direction(code),
        "text": text,
        "use": dict(taking.TermWord.Kind.choices)[kind],
        "is_agreed": kind == taking.AGREED,
        "note": note,
        "is_new": is_new,
        "is_gone": is_gone,
    }


terms = Terms()
urlpatterns = [
    path("terms/terms.csv", as_csv, name="terms_csv"),
    path("terms/terms.tmx", as_tmx, name="terms_tmx"),
    path("terms/upload/", terms.upload, name="terms_upload"),
    path("terms/upload/<int:upload_id>/", terms.preview, name="terms_preview"),
]
