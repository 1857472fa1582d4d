"""The groups that an association starts with, each with as few rights as its work needs. Those of
translators are made a language at a time (:mod:`cms.translation.translators`).

They are made once and are the association's own from then on. Names are Finnish because they are
data that staff see; ``formerly`` is the group that a fresh Wagtail brings instead.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction
from django.dispatch import Signal
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

HOME_DEPTH = 2
# Tables without which no rights can be given.
NEEDED = (
    *("wagtailcore_page", "wagtail_localize_translation", "projects_theme", "home_homepage"),
    "translation_term",
)


def _may(actions: str, *models: str) -> tuple[str, ...]:
    return tuple(f"projects.{action}_{model}" for action in actions.split() for model in models)


VOCABULARIES = ("programme", "theme", "targetgroup")
VIEW = _may("view", "organisation", "person", *VOCABULARIES, "municipality", "region")

# Looking after the public search: words that mean the same, pages put first, what was not found.
SEARCH = tuple(
    f"search.{action}_{model}"
    for model in ("synonymgroup", "promotion", "missedsearch")
    for action in ("view", "add", "change", "delete")
    if (action, model) != ("add", "missedsearch")
)


# The glossary of the translators. Its words go with their term.
TERMS = ("translation.view_term", "translation.add_term", "translation.change_term")


@dataclass(frozen=True)
class Role:
    """``pages`` holds on every home page, ``files`` on the root collection, ``rights`` anywhere."""

    name: str
    formerly: str
    pages: tuple[str, ...]
    rights: tuple[str, ...]
    files: tuple[str, ...]


EDITORS = Role(
    name="Toimittajat",
    formerly="Editors",
    pages=("add_page", "change_page"),
    rights=(
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        *VIEW,
        *_may("add change", "organisation", "person"),
        *TERMS,
    ),
    files=(
        "wagtailimages.add_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.choose_document",
    ),
)
PUBLISHERS = Role(
    name="Julkaisijat",
    formerly="Moderators",
    pages=(
        "add_page",
        "change_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    ),
    rights=(
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "home.change_sitesettings",
        *VIEW,
        *_may("add change delete", "organisation", "person", *VOCABULARIES),
        *SEARCH,
        *TERMS,
        "translation.delete_term",
    ),
    files=(*EDITORS.files, "wagtailimages.change_image", "wagtaildocs.change_document"),
)
ROLES = (EDITORS, PUBLISHERS)

# Sent with ``home``, a home page on which the roles have their rights by now.
home_page_made = Signal()


def permission(label: str) -> Permission:
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def grant_pages(group: Group, codenames, page: Page) -> None:
    for codename in codenames:
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=permission(f"wagtailcore.{codename}")
        )


def fill(role: Role, group: Group) -> None:
    """Give the group exactly the role's rights."""
    group.permissions.set([permission(label) for label in role.rights])
    group.page_permissions.all().delete()
    for page in Page.objects.filter(depth=HOME_DEPTH):
        grant_pages(group, role.pages, page)
    group.collection_permissions.all().delete()
    root = Collection.get_first_root_node()
    for label in role.files if root else ():
        GroupCollectionPermission.objects.create(
            group=group, collection=root, permission=permission(label)
        )


@transaction.atomic
def set_up(reset: bool = False) -> list[str]:
    """Make the missing groups, or with ``reset`` give all of them their first rights again.

    Returns the names of the groups that were filled. A second call fills none.
    """
    filled = []
    for role in ROLES:
        group = Group.objects.filter(name=role.name).first()
        if group and not reset:
            continue
        if group is None:
            group = Group.objects.filter(name=role.formerly).first() or Group()
            group.name = role.name
            group.save()
        fill(role, group)
        filled.append(role.name)
    return filled


def set_up_after_migration(sender, using: str, **kwargs) -> None:
    """Make the groups after the first whole migration; their rights must exist before.

    A flush sends the same signal: then there is no root page, and nothing to hold rights on.
    """
    if not set(NEEDED) <= set(connections[using].introspection.table_names()):
        return
    if not Page.objects.using(using).filter(depth=1).exists():
        return
    labels = {label.split(".")[0] for role in ROLES for label in (*role.rights, *role.files)}
    for label in sorted(labels | {"wagtailcore"}):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    set_up()


def grant_on_new_home_page(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    """Rights on a new home page: those of its first translation, or else those of the roles."""
    if not created or raw or not isinstance(instance, Page) or instance.depth != HOME_DEPTH:
        return
    twin = (
        Page.objects.filter(translation_key=instance.translation_key, depth=HOME_DEPTH)
        .exclude(pk=instance.pk)
        .order_by("pk")
        .first()
    )
    if twin:
        GroupPagePermission.objects.bulk_create(
            [
                GroupPagePermission(
                    group_id=given.group_id, page_id=instance.pk, permission_id=given.permission_id
                )
                for given in twin.group_permissions.all()
            ],
            ignore_conflicts=True,
        )
    else:
        groups = Group.objects.filter(name__in=[role.name for role in ROLES]).in_bulk()
        named = {group.name: group for group in groups.values()}
        for role in ROLES:
            if role.name in named:
                grant_pages(named[role.name], role.pages, instance)
    home_page_made.send(sender=Page, home=instance)
