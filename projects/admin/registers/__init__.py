"""Organisations, people, programmes and words of the vocabularies: what projects refer to."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .organisations import OrganisationViewSet
from .people import PersonViewSet
from .places import MunicipalityViewSet, RegionViewSet
from .programmes import ProgrammeViewSet
from .terms import TargetGroupViewSet, ThemeViewSet

__all__ = ["RegisterGroup"]


class RegisterGroup(SnippetViewSetGroup):
    """One menu for everything that projects refer to."""

    items = (
        OrganisationViewSet,
        PersonViewSet,
        ProgrammeViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        MunicipalityViewSet,
        RegionViewSet,
    )
    menu_label = _("Registers")
    menu_icon = "table"
    menu_order = 170
