"""The translation memory as a file, out and in."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.core.foreign import is_xml
from cms.core.languages import language_direction, language_label

from ..memory import table, taking, tmx
from ..memory.views import may_ask, may_teach, offered
from ..models import Upload
from ..strings.wording import plain
from .uploads import SHOWN, Flow


def _download(ending: str, kind: str, write: Callable[..., Iterator[str]]) -> Callable:
    @require_safe
    def download(request: HttpRequest, language: str) -> StreamingHttpResponse:
        """All that the user may see of a language."""
        if not may_ask(request.user):
            raise PermissionDenied
        source = Locale.get_default()
        target = next((one for one in offered(request.user) if one.language_code == language), None)
        if target is None:
            raise Http404
        codes = source.language_code, target.language_code
        pairs = taking.known(request.user, source, target)
        name = f"memory-{codes[0]}-{codes[1]}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        lines = write(pairs, *codes)
        return StreamingHttpResponse(lines, content_type=kind, headers=headers)

    return download


as_csv = _download("csv", "text/csv; charset=utf-8", table.as_csv)
as_tmx = _download("tmx", "application/xml; charset=utf-8", tmx.as_tmx)


class Memory(Flow):
    purpose = "memory"
    most_bytes = table.MOST_BYTES
    icon = "history"
    index = "translation:memory"

    @property
    def names(self) -> tuple[str, str]:
        return _("Translation memory"), _("Translations from a file")

    @property
    def has_changed(self) -> str:
        return _("The memory has changed since you looked: look again.")

    def require(self, user) -> None:
        if not may_teach(user):
            raise PermissionDenied

    def read(self, name: str, content: bytes) -> list[taking.Brought]:
        """Whatever kind it is, by what is in it."""
        if content.startswith(b"PK"):
            raise ValidationError(_("This is a workbook or an archive. Save it as CSV UTF-8."))
        brought = tmx.read(content) if is_xml(content) else table.read(content)
        found = list(islice(brought, table.MOST_PAIRS + 1))
        if not found:
            raise ValidationError(_("The file has no translations."))
        if len(found) > table.MOST_PAIRS:
            raise ValidationError(_("The file has too many translations. Divide it."))
        return found

    def plan(self, user, brought: list[taking.Brought]) -> taking.Plan:
        return taking.plan(user, brought)

    def seen(self, plan: taking.Plan) -> str:
        return plan.seen

    def take(self, user, plan: taking.Plan, upload: Upload) -> str:
        count = taking.take(user, plan, upload.name)
        text = ngettext(
            "%(count)s translation was taken.", "%(count)s translations were taken.", count
        )
        return text % {"count": count}

    def shown(self, plan: taking.Plan) -> dict[str, Any]:
        return {
            "rows": [_row(one) for one in plan.new[:SHOWN]],
            "more": max(0, len(plan.new) - SHOWN),
        }


def _row(one: taking.Brought) -> dict[str, Any]:
    return {
        "line": one.line,
        "label": language_label(one.target),
        "source": plain(one.pair.source),
        "target": plain(one.pair.target),
        "codes": (one.source, one.target),
        "directions": (language_direction(one.source), language_direction(one.target)),
        "about": ", ".join(filter(None, (one.pair.origin, one.pair.author))),
        "made_at": one.pair.made_at,
    }


memory = Memory()
urlpatterns = [
    path("memory/<str:language>.csv", as_csv, name="memory_csv"),
    path("memory/<str:language>.tmx", as_tmx, name="memory_tmx"),
    path("memory/upload/", memory.upload, name="memory_upload"),
    path("memory/upload/<int:upload_id>/", memory.preview, name="memory_preview"),
]
