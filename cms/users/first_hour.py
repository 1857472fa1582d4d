"""Of the first hour: somebody beside the administrator who made the site."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.admin.first_hour import Step


def people(request) -> Iterator[Step]:
    others = get_user_model().objects.filter(is_active=True).exclude(pk=request.user.pk)
    yield Step(
        _("People"),
        reverse("wagtailusers_users:add"),
        others.exists(),
        _("Give each colleague a user and a role: editors write, publishers publish."),
    )
