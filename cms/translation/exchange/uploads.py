"""Words from a file, terms or translations of the memory: shown first, then taken whole or not at
all.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.hygiene import one_line

from ..models import Term, Upload
from .pages import KEPT

SHOWN = 200
"""Of each kind of thing, how many a preview lists."""


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV or TMX file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tmx"}),
        help_text=gettext_lazy("Nothing is changed yet: next you see what the file would do."),
    )

    def __init__(self, *args, flow: "Flow") -> None:
        super().__init__(*args)
        self.flow = flow

    def clean_file(self) -> Any:
        """Read whole: what is no such file is refused at once."""
        file = self.cleaned_data["file"]
        if file.size > self.flow.most_bytes:
            raise ValidationError(_("The file is too large."))
        self.content = file.read()
        self.flow.read(file.name, self.content)
        return file


class Flow:
    """What a kind of words says of itself. Templates and addresses are named by ``purpose``:
    ``terms_upload``, ``terms_preview``.
    """

    purpose = ""
    most_bytes = 0
    icon = ""
    index = ""
    """Name of the address to which one comes back."""

    @property
    def names(self) -> tuple[str, str]:
        """What the words are called, and the heading of the page that asks for a file."""
        raise NotImplementedError

    @property
    def has_changed(self) -> str:
        """Said where they are other than they were looked at."""
        raise NotImplementedError

    def require(self, user) -> None:
        """Raises ``PermissionDenied``."""
        raise NotImplementedError

    def read(self, name: str, content: bytes) -> Any:
        """Raises ``ValidationError`` with a sentence."""
        raise NotImplementedError

    def plan(self, user, brought: Any) -> Any:
        raise NotImplementedError

    def seen(self, plan: Any) -> str:
        """A sign of what exactly is shown."""
        raise NotImplementedError

    def take(self, user, plan: Any, upload: Upload) -> str:
        """The sentence that tells it is done."""
        raise NotImplementedError

    def shown(self, plan: Any) -> dict[str, Any]:
        raise NotImplementedError

    def head(self, title: str) -> dict[str, Any]:
        things = {"url": reverse(self.index), "label": self.names[0]}
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return {
            "page_title": title,
            "header_title": title,
            "header_icon": self.icon,
            "breadcrumbs_items": [home, things, {"url": "", "label": title}],
        }

    def upload(self, request: HttpRequest) -> HttpResponse:
        self.require(request.user)
        is_sent = request.method == "POST"
        form = FileForm(*((request.POST, request.FILES) if is_sent else ()), flow=self)
        if is_sent and form.is_valid():
            made = Upload.objects.create(
                user=request.user,
                purpose=self.purpose,
                name=one_line(form.cleaned_data["file"].name)[-255:],
                content=form.content,
            )
            return redirect(f"translation:{self.purpose}_preview", made.pk)
        context = {"form": form, **self.head(self.names[1])}
        template = f"translation/admin/{self.purpose}_upload.html"
        return render(request, template, context, status=422 if is_sent else 200)

    def preview(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        """What a file would do; taken is exactly what was shown."""
        self.require(request.user)
        mine = Upload.objects.filter(user=request.user, purpose=self.purpose, pk=upload_id)
        made = mine.filter(made_at__gte=timezone.now() - KEPT).first()
        if made is None:
            raise Http404
        try:
            plan = self.plan(request.user, self.read(made.name, bytes(made.content)))
        except ValidationError as error:
            # A language that the site has no more.
            messages.error(request, " ".join(error.messages))
            return redirect(f"translation:{self.purpose}_upload")
        if request.method == "POST" and self._decide(request, made, plan):
            return redirect(self.index)
        context = {
            "upload": made,
            "plan": plan,
            "seen": self.seen(plan),
            "skipped": plan.skipped[:SHOWN],
            "skipped_more": max(0, len(plan.skipped) - SHOWN),
            **self.shown(plan),
            **self.head(_("What the file would do")),
        }
        return render(request, f"translation/admin/{self.purpose}_preview.html", context)

    def _decide(self, request: HttpRequest, made: Upload, plan: Any) -> bool:
        """Whether it is done; else the preview is shown again."""
        if request.POST.get("action") != "take":
            made.delete()
            messages.success(request, _("Nothing was taken from the file."))
            return True
        if request.POST.get("seen") != self.seen(plan):
            messages.warning(request, self.has_changed)
            return False
        try:
            with transaction.atomic():
                said = self.take(request.user, plan, made)
                made.delete()
        except (IntegrityError, ValidationError, Term.DoesNotExist):
            messages.error(request, _("Somebody was quicker: nothing was taken. Look again."))
            return False
        messages.success(request, said)
        return True
