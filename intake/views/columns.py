"""Which column of a table is which: matched by itself, shown, and changed by hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.models import AmountKind, AmountSource

from ..found import Unreadable
from ..kinds.table import meanings_of, tables
from ..models import ColumnMatch, Intake
from ..reading import Meanings, read_again, sign_of
from ..tables import headings
from ..tables.headings import Heading
from .frame import frame
from .rights import intake_of


def columns(request: HttpRequest, intake_id: int, file_id: int) -> HttpResponse:
    intake = intake_of(request.user, intake_id)
    file = get_object_or_404(intake.files, pk=file_id)
    if intake.state != Intake.State.REVIEW:
        return redirect("intake:review", intake.pk)
    try:
        found = tables(bytes(file.content))
    except Unreadable as reason:
        raise Http404 from reason
    for table in found:
        meanings_of(table, Meanings())
    if request.method == "POST":
        for number, table in enumerate(found):
            _remember(request, number, table)
        try:
            read_again(file)
        except Unreadable as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The columns are read as you have matched them."))
            return redirect("intake:review", intake.pk)
        for table in found:
            meanings_of(table, Meanings())
    context = {"file": file, "tables": found, "choices": choices(), **frame(file.name, intake)}
    return render(request, "intake/admin/columns.html", context)


def _remember(request: HttpRequest, number: int, table) -> None:
    chosen = {
        f"{place}:{column.heading}": str(Heading.parse(request.POST.get(f"c{number}-{place}", "")))
        for place, column in enumerate(table.columns)
    }
    ColumnMatch.objects.update_or_create(shape=sign_of(table.shape), defaults={"meanings": chosen})


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be: value and label, in two groups."""
    language = get_language() or "en"
    plain = [(name, headings.written(name, language)) for name in headings.columns()]
    sums = [
        (f"amount:{kind}:{source}", f"{AmountKind(kind).label}: {AmountSource(source).label}")
        for kind in AmountKind.values
        for source in AmountSource.values
    ]
    return [(_("Facts"), sorted(plain, key=lambda pair: pair[1].casefold())), (_("Sums"), sums)]
