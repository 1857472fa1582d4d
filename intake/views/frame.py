"""Head and way back of every page of the room."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def frame(title: str, intake=None) -> dict[str, Any]:
    way = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("intake:index"), "label": _("Bring in projects")},
    ]
    if intake is not None:
        way.append({"url": reverse("intake:review", args=[intake.pk]), "label": str(intake)})
    if way[-1]["label"] != title:
        way.append({"url": "", "label": title})
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": way,
        "intake": intake,
    }
