"""Asking for translations, and making what is asked for.

Here is said at once which pages, records and languages a request is made of; :mod:`.preparing`
makes them. Beside what was asked for that is: of a branch what is new in it, the pages above
without which there is no place for a page, and the records that a page names.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.core.permissions import at_or_below

from .. import policy
from ..facts import records
from ..models import RequestedVersion, TranslationRequest
from .preparing import in_background, start

HOME_DEPTH = 2


def ask(
    user: AbstractBaseUser,
    instances: Iterable[Model],
    locales: Iterable[Locale],
    due_on: date | None = None,
    note: str = "",
    branch: bool = False,
) -> TranslationRequest:
    """Have these pages or records, with ``branch`` what is below them too, made for translators.

    Raises ``PermissionDenied`` for what the user may not ask for, and ``ValidationError`` with a
    sentence where there is nothing to do.
    """
    instances = list(instances)
    if not all(policy.may_request(user, instance) for instance in instances):
        raise PermissionDenied(_("You may not have this translated, or it is a translation."))
    locales = [locale for locale in locales if locale.language_code not in policy.WRITTEN_BY_HAND]
    versions = Plan(user, locales).versions(instances, branch)
    if not versions:
        raise ValidationError(_("Nothing is new here: all of it was requested in these languages."))
    with transaction.atomic():
        request = TranslationRequest.objects.create(created_by=user, due_on=due_on, note=note)
        for version in versions:
            version.request = request
        RequestedVersion.objects.bulk_create(versions)
        # In the transaction itself, so that no crash after it loses the task.
        if in_background():
            start(request)
    if not in_background():
        start(request)
    request.refresh_from_db()
    return request


def open_below(user, pages: list[Page]) -> list[Page]:
    """Public pages below these that were first written there, and that the user may change."""
    below = Page.objects.filter(at_or_below(page.path for page in pages), live=True, alias_of=None)
    below = list(below.exclude(pk__in=[page.pk for page in pages]).order_by("path"))
    first = first_written(below)
    return [
        page
        for page in below
        if first[page.translation_key].pk == page.pk and page.permissions_for_user(user).can_edit()
    ]


def first_written(pages: Iterable[Page]) -> dict:
    """By translation key the page in which each of these things was first written."""
    keys = {page.translation_key for page in pages}
    found: dict = {}
    for page in Page.objects.filter(translation_key__in=keys, alias_of=None).order_by("pk"):
        found.setdefault(page.translation_key, page)
    return found


class Plan:
    """The rows of one request, each once, in the order in which they can be made."""

    def __init__(self, user: AbstractBaseUser, locales: list[Locale]) -> None:
        self.user = user
        self.locales = locales
        self.rows: dict[tuple, RequestedVersion] = {}

    def versions(self, instances: list[Model], branch: bool) -> list[RequestedVersion]:
        pages = sorted(
            (each for each in instances if isinstance(each, Page)), key=lambda page: page.path
        )
        wanted = {page.pk: list(self.locales) for page in pages}
        if branch:
            pages = sorted([*pages, *open_below(self.user, pages)], key=lambda page: page.path)
            there = self._there(pages)
            wanted = {
                page.pk: [
                    locale
                    for locale in self.locales
                    if (page.translation_key, locale.pk) not in there
                ]
                for page in pages
            }
        self._add_above(pages, wanted)
        for page in pages:
            self._add(page, wanted[page.pk])
        for record in instances:
            if not isinstance(record, Page):
                self._add(record, self.locales)
        self._add_needed(pages, wanted)
        return list(self.rows.values())

    def _add(self, instance: Model, locales: Iterable[Locale], refusal: str = "") -> None:
        """``refusal``: the sentence why it can't be made for this user."""
        kind = (
            ContentType.objects.get_for_id(instance.content_type_id)
            if isinstance(instance, Page)
            else ContentType.objects.get_for_model(instance)
        )
        state = RequestedVersion.State.REFUSED if refusal else RequestedVersion.State.WAITING
        for locale in locales:
            if locale.pk != instance.locale_id:
                self.rows.setdefault(
                    (kind.pk, instance.pk, locale.pk),
                    RequestedVersion(
                        content_type=kind,
                        object_id=instance.pk,
                        locale=locale,
                        state=state,
                        message=refusal,
                    ),
                )

    def _there(self, pages: list[Page]) -> set[tuple]:
        """Things and languages that were translated, written by hand or asked for already."""
        keys = {page.translation_key for page in pages}
        asked = Translation.objects.filter(source__object_id__in=keys)
        found = set(asked.values_list("source__object_id", "target_locale_id"))
        own = Page.objects.filter(translation_key__in=keys, alias_of=None)
        found |= set(own.values_list("translation_key", "locale_id"))
        by_pk = {page.pk: page.translation_key for page in pages}
        waiting = RequestedVersion.objects.filter(
            content_type__in={page.content_type_id for page in pages},
            object_id__in=by_pk,
            state=RequestedVersion.State.WAITING,
        )
        return found | {
            (by_pk[pk], locale) for pk, locale in waiting.values_list("object_id", "locale_id")
        }

    def _add_above(self, pages: list[Page], wanted: dict[int, list[Locale]]) -> None:
        """The pages above, in the languages in which they are not there yet."""
        paths = {
            page.path[:end]
            for page in pages
            for end in range(HOME_DEPTH * Page.steplen, len(page.path), Page.steplen)
        }
        above = {page.path: page for page in Page.objects.filter(path__in=paths)}
        first = first_written(above.values())
        there = Page.objects.filter(translation_key__in=first, locale__in=self.locales)
        there = set(there.values_list("translation_key", "locale_id"))
        missing: dict[str, dict[int, Locale]] = {}
        for page in pages:
            for path in above:
                if page.path.startswith(path) and path != page.path:
                    known = missing.setdefault(path, {})
                    known |= {locale.pk: locale for locale in wanted[page.pk]}
        for path in sorted(missing):
            page = first.get(above[path].translation_key)
            if page and page.permissions_for_user(self.user).can_edit():
                languages = missing[path].values()
                key = page.translation_key
                self._add(page, [one for one in languages if (key, one.pk) not in there])

    def _add_needed(self, pages: list[Page], wanted: dict[int, list[Locale]]) -> None:
        """The records that these pages name and that are not there in the language."""
        named = records.records_of(pages)
        for page in pages:
            for thing in named.get(page.translation_key, ()):
                missing = [one for one in wanted[page.pk] if one.pk not in thing.locales]
                if missing:
                    self._add(thing.source, missing, self._refusal(thing.source))

    def _refusal(self, record: Model) -> str:
        """Why the user may not make records of this register; empty if she may."""
        if may_make(self.user, record):
            return ""
        return _("You may not add to this register. Whoever may: %(groups)s.") % {
            "groups": ", ".join(keepers(type(record))) or _("an administrator")
        }


def try_again(request: TranslationRequest, user) -> int:
    """What was refused waits again, as far as this user may have it made; how much that is."""
    state, allowed = RequestedVersion.State, []
    for version in request.versions.filter(state=state.REFUSED):
        instance = version.instance
        if instance is not None and may_make(user, instance):
            allowed.append(version.pk)
    again = request.versions.filter(pk__in=allowed, state=state.REFUSED)
    number = again.update(state=state.WAITING, message="")
    if number:
        TranslationRequest.objects.filter(pk=request.pk).update(finished_at=None)
    return number


def may_make(user, instance: Model) -> bool:
    """Staff who may change the page, or add to the register or change it."""
    if isinstance(instance, Page):
        return policy.may_edit(user, instance)
    return policy.may_make(user, type(instance))


def keepers(model: type[Model]) -> list[str]:
    """Groups that may add to a register or change it."""
    meta = model._meta
    rights = Q(
        permissions__content_type__app_label=meta.app_label,
        permissions__codename__in=[f"add_{meta.model_name}", f"change_{meta.model_name}"],
    )
    return list(Group.objects.filter(rights).distinct().values_list("name", flat=True))
