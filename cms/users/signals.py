from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from wagtail.models import Page

from . import roles

NEEDED = ("wagtailcore_page", "wagtail_localize_translation", "projects_theme", "home_homepage")


def set_up_roles(sender, using, **kwargs):
    """Make the groups after the first whole migration; their rights must exist before.

    A flush sends the same signal: then there is no root page, and nothing to hold rights on.
    """
    if not set(NEEDED) <= set(connections[using].introspection.table_names()):
        return
    if not Page.objects.using(using).filter(depth=1).exists():
        return
    labels = {label.split(".")[0] for role in roles.ROLES for label in (*role.rights, *role.files)}
    for label in sorted(labels | {"wagtailcore"}):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    roles.set_up()


def open_home_page(sender, instance, created, raw=False, **kwargs):
    if created and not raw and isinstance(instance, Page) and instance.depth == roles.HOME_DEPTH:
        roles.open_home_page(instance)


def connect(config):
    post_migrate.connect(set_up_roles, sender=config, dispatch_uid="set_up_roles")
    post_save.connect(open_home_page, dispatch_uid="open_home_page")
