"""Files of translations out: of one page or record, or of all that waits in a language."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail_localize.models import Translation

from .. import policy
from ..overview.table import Things
from ..overview.work import order_of, to_translate
from . import kinds
from .entries import MOST_ENTRIES


def require_work(user) -> None:
    if not Things(user).is_open:
        raise PermissionDenied


def _answer(kind: str, translations: list[Translation]) -> HttpResponse:
    content, name = kinds.write(kind, translations)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kinds.KINDS[kind].TYPE, headers=headers)


def file_of(request: HttpRequest, translation_id: int, kind: str = "po") -> HttpResponse:
    """One page or record."""
    related = "source__locale", "source__specific_content_type", "target_locale"
    rows = Translation.objects.select_related(*related)
    translation = get_object_or_404(rows, pk=translation_id)
    if kind not in kinds.KINDS or not policy.may_see(request.user, translation):
        raise PermissionDenied
    return _answer(kind, [translation])


def pairs(user) -> list[tuple[str, str]]:
    """Languages from which and into which there is work of the user's."""
    source, target = "translation__source__locale", "translation__target_locale"
    names = f"{source}__language_code", f"{target}__language_code"
    return sorted(set(to_translate(user).order_by().values_list(*names)))


@require_safe
def file_of_many(request: HttpRequest) -> HttpResponse:
    """All that waits for the user from one language into another."""
    require_work(request.user)
    pair = request.GET.get("pair", "").split(" ")
    kind = request.GET.get("kind", "")
    works = to_translate(request.user)
    if len(pair) == 2:
        works = works.filter(
            translation__source__locale__language_code=pair[0],
            translation__target_locale__language_code=pair[1],
        )
    if len(pair) != 2 or kind not in kinds.KINDS or not works:
        messages.warning(request, _("There is nothing of this kind for you to translate now."))
        return redirect("translation:files")
    pks = _that_fit(request, works)
    related = "source__locale", "source__specific_content_type", "target_locale"
    found = Translation.objects.filter(pk__in=pks).select_related(*related).order_by("pk")
    return _answer(kind, list(found))


def _that_fit(request: HttpRequest, works: QuerySet) -> list[int]:
    """What is due first, as far as the file can be taken back in one piece."""
    found: list[int] = []
    left = MOST_ENTRIES
    counted = works.annotate(strings=Count("translation__source__stringsegment"))
    for work in counted.order_by(*order_of("due"), "pk"):
        left -= work.strings
        if left < 0 and found:
            text = _(
                "The file has what is due first. Download again when you have brought it back."
            )
            messages.warning(request, text)
            break
        found.append(work.translation_id)
    return found


urlpatterns = [
    path("files/download/", file_of_many, name="files_download"),
    path("edit/<int:translation_id>/file/<str:kind>/", file_of, name="file_of"),
]
