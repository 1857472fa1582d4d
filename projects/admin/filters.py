"""By what the list of projects in the admin is narrowed."""

from collections.abc import Callable

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.models import Locale, Page

from cms.core.admin.tables import PublishedFilterSet
from cms.core.lists import alphabetical
from cms.users.members import own_keys

from ..models import Organisation, ProjectPage, Status
from ..public import registers
from ..public.catalogue import catalogue
from . import missing


def funders(request) -> QuerySet:
    """Organisations that fund something, one version of each."""
    keys = registers().organisations.keys
    found = {
        keys[pk]
        for facts in catalogue().facts.values()
        for pk, *_rest in facts.funding
        if pk in keys
    }
    named = Organisation.objects.filter(locale=Locale.get_default(), translation_key__in=found)
    return alphabetical(named)


def owners(request) -> QuerySet:
    project = ContentType.objects.get_for_model(ProjectPage)
    owned = Page.objects.filter(content_type=project, owner=OuterRef("pk"))
    if request is not None and (own := own_keys(request.user)) is not None:
        owned = owned.filter(translation_key__in=own)
    return get_user_model().objects.filter(Exists(owned))


class ProjectFilterSet(PublishedFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Status.choices, method="by_status", widget=CheckboxSelectMultiple
    )
    missing = django_filters.MultipleChoiceFilter(
        label=_("Missing parts"),
        choices=missing.MissingPart.choices,
        method=lambda projects, name, parts: missing.lacking(projects, parts),
        widget=CheckboxSelectMultiple,
    )
    whole = django_filters.ChoiceFilter(
        label=_("All parts there"),
        choices=[("no", _("Something is missing")), ("yes", _("Nothing is missing"))],
        method="by_whole",
        empty_label=_("All"),
        widget=RadioSelect,
    )
    contacts = django_filters.ChoiceFilter(
        label=_("Contacts"),
        choices=[("ending", _("Leaving within 30 days, or just left"))],
        method=lambda projects, name, value: projects.filter(
            missing.of_projects(missing.contacts_ending(timezone.localdate()))
        ),
        empty_label=_("All"),
        widget=RadioSelect,
    )
    funder = django_filters.ModelMultipleChoiceFilter(
        label=_("Funder"), queryset=funders, method="by_funder", widget=CheckboxSelectMultiple
    )
    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)

    class Meta:
        model = ProjectPage
        fields = []

    def by_status(self, projects, name, statuses) -> QuerySet:
        today = timezone.localdate()
        return having(
            projects, lambda facts: Status.of(facts.start_date, facts.last_day, today) in statuses
        )

    def by_whole(self, projects, name, value) -> QuerySet:
        incomplete = missing.lacking(projects, missing.MissingPart)
        if value == "no":
            return incomplete
        return projects.exclude(pk__in=incomplete.order_by().values("pk"))

    def by_funder(self, projects, name, organisations) -> QuerySet:
        if not organisations:
            return projects
        wanted = {organisation.translation_key for organisation in organisations}
        keys = registers().organisations.keys
        return having(
            projects, lambda facts: any(keys.get(pk) in wanted for pk, *_rest in facts.funding)
        )


def having(projects: QuerySet, condition: Callable) -> QuerySet:
    """In whichever language, the projects whose facts are so."""
    keys = {key for key, facts in catalogue().facts.items() if condition(facts)}
    return projects.filter(missing.of_projects(keys))
