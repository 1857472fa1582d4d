"""Which records of the registers the public meets: those that something visible names.

A record that only a draft, a closed or an unpublished project names is as unknown to the public
as that project.
"""

from django.db.models import Q, QuerySet

from .models import (
    Organisation,
    Person,
    Programme,
    ProjectFunding,
    ProjectOrganisation,
    ProjectPage,
    ProjectTargetGroup,
    ProjectTheme,
    TargetGroup,
    Theme,
)

NAMED_BY = {
    Organisation: ((ProjectOrganisation, "organisation"), (ProjectFunding, "organisation")),
    Theme: ((ProjectTheme, "theme"),),
    TargetGroup: ((ProjectTargetGroup, "target_group"),),
    Programme: ((ProjectPage, "programme"),),
}


def named_publicly(model) -> Q:
    """The records of one of these registers, in any language, that visitors meet by name."""
    projects = ProjectPage.objects.visible()
    condition = Q(pk__in=[])
    for relation, name in NAMED_BY[model]:
        where = {"pk__in" if relation is ProjectPage else "page__in": projects.values("pk")}
        keys = relation.objects.filter(**where).values(f"{name}__translation_key")
        condition |= Q(translation_key__in=keys.exclude(**{name: None}))
    if model is Organisation:
        people = Person.objects.public().filter(show_on_contacts_page=True)
        keys = people.exclude(organisation=None).values("organisation__translation_key")
        condition |= Q(translation_key__in=keys)
    return condition


def shown(model) -> QuerySet:
    return model.objects.filter(named_publicly(model))
