"""People of every kind, and things in three languages, for tests of who may do what."""

from types import SimpleNamespace

from django.contrib.auth.models import Group, Permission
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.translators import set_up
from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import (
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    project_index,
    translate,
)

KINDS = {
    "page": lambda: ProjectFactory(title="Hanke", lead="Lyhyesti."),
    "organisation": OrganisationFactory,
    "person": PersonFactory,
    "programme": ProgrammeFactory,
    "theme": ThemeFactory,
    "targetgroup": TargetGroupFactory,
}


def translator(*codes: str):
    """Somebody who translates into these languages and has no other right."""
    user = UserFactory()
    user.groups.set(Group.objects.filter(name__in=set_up(codes)))
    return user


def nobody():
    """May enter the admin, and nothing there."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def people() -> dict:
    """By the letters of the tables: **0** has not signed in, **n** may enter the admin only, then
    **e**ditor, translators into **a**rabic and **s**wedish, **p**ublisher, and **A**dministrator.
    """
    return {
        "0": None,
        "n": nobody(),
        "e": EditorFactory(join=EDITORS.name),
        "a": translator("ar"),
        "s": translator("sv"),
        "p": EditorFactory(join=PUBLISHERS.name),
        "A": SuperuserFactory(),
    }


def languages(*codes: str) -> None:
    """With a home page and a list of projects in each."""
    project_index()
    for code in codes:
        if not project_index().has_translation(LocaleFactory(language_code=code)):
            translate(project_index(), code)


def sent(thing, *codes: str) -> SimpleNamespace:
    """A thing with its source, and by language its translations and versions."""
    source, _created = TranslationSource.get_or_create_from_instance(thing)
    made, versions = {}, {"source": thing}
    for code in codes:
        locale = LocaleFactory(language_code=code)
        made[code] = Translation.objects.create(source=source, target_locale=locale)
        made[code].save_target(publish=not isinstance(thing, Page))
        versions[code] = made[code].get_target_instance()
    return SimpleNamespace(source=source, translations=made, versions=versions)
