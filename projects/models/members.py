"""Member associations that look after their own projects: their groups, and what is their own.

A project is a member's where it leads or takes part: what is or has been public says so, and the
drafts of the umbrella's people. What a member's own people write into a draft gives nobody else a
say in it, and a project that they begin is theirs alone, until somebody of the umbrella has saved
or published it with the others' names.
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Revision
from wagtail.signals import page_published

from cms.translation.facts.records import PASS_ON_OR_CASCADE
from cms.translation.policy import is_limited
from cms.users.members import Groups, Member, register

from .organisations import Organisation, Person, Programme
from .records import TargetGroup, Theme
from .relations import ProjectContact, ProjectOrganisation


class MemberGroup(models.Model):
    """A group whose people look after the projects of one organisation."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="member")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=PASS_ON_OR_CASCADE,
        related_name="member_groups",
    )
    may_publish = models.BooleanField(_("publishes by itself"), default=False)
    collection = models.ForeignKey(
        Collection, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("group of a member")
        verbose_name_plural = _("groups of members")

    def __str__(self) -> str:
        return self.group.name


class MemberDraft(models.Model):
    """What a draft says of a project (a translation key) before anything of it is public.

    ``begun``: by people of this member; else an umbrella's person has named it in the draft.
    """

    project = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=PASS_ON_OR_CASCADE, related_name="named_in_drafts"
    )
    begun = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("draft of a member")
        verbose_name_plural = _("drafts of members")

    def __str__(self) -> str:
        return f"{self.project} {self.organisation}"


def own_projects(organisation: UUID) -> Q:
    """The condition for pages that are the organisation's own, by its translation key."""
    begun = MemberDraft.objects.filter(begun=True).values("project")
    public = Q(page__live=True) | Q(page__first_published_at__isnull=False)
    rows = ProjectOrganisation.objects.filter(organisation__translation_key=organisation)
    rows = rows.filter(public | ~Q(page__translation_key__in=begun))
    drafts = MemberDraft.objects.filter(organisation__translation_key=organisation)
    return Q(translation_key__in=rows.values("page__translation_key")) | Q(
        translation_key__in=drafts.values("project")
    )


def groups_of(user) -> Groups:
    """For :func:`cms.users.members.register`."""
    rows = MemberGroup.objects.filter(group__user=user)
    parents = _project_model().allowed_parent_page_models()
    columns = ("group_id", "organisation__translation_key", "may_publish")
    return {
        group: Member(key, may_publish, own_projects(key), tuple(parents))
        for group, key, may_publish in rows.values_list(*columns)
    }


def _project_model() -> type[Page]:
    return ProjectOrganisation._meta.get_field("page").related_model


def _project_type() -> int:
    return ContentType.objects.get_for_model(_project_model()).pk


def _people(member: Member, action: str) -> Q | None:
    """Its own staff, and who is met on its projects. What is public is changed by publishing."""
    own = Q(organisation__translation_key=member.organisation)
    contacts = ProjectContact.objects.all()
    if action == "change" and not member.may_publish:
        shown = contacts.filter(page__live=True).values("person__translation_key")
        return own & Q(show_on_contacts_page=False) & ~Q(translation_key__in=shown)
    if action in ("view", "choose"):
        met = contacts.filter(page__translation_key__in=member.keys)
        hidden = Q(public_until__lt=timezone.localdate())
        return own | (Q(translation_key__in=met.values("person__translation_key")) & ~hidden)
    return own if action in ("add", "change") else None


def _organisations(member: Member, action: str) -> Q | None:
    """All may be named as partners; the record itself is shown to its own people."""
    if action == "choose":
        return Q(is_draft=False)
    if action == "view" or (action == "change" and member.may_publish):
        return Q(translation_key=member.organisation)
    return None


def records_of(member: Member, model: type[models.Model], action: str) -> Q | None:
    """For :func:`cms.users.members.register`."""
    if model is Person:
        return _people(member, action)
    if model is Organisation:
        return _organisations(member, action)
    if model in (Programme, Theme, TargetGroup) and action in ("view", "choose"):
        return Q(is_draft=False)
    return None


def _named(content: dict) -> set[UUID]:
    rows = [row.get("organisation") for row in content.get("organisations", ())]
    found = Organisation.objects.filter(pk__in=[pk for pk in rows if pk])
    return set(found.values_list("translation_key", flat=True))


def note(revision: Revision, page: Page) -> None:
    """Who takes part by the word of this draft."""
    if revision.user and is_limited(revision.user, page):
        _note_beginning(revision, page)
    else:
        MemberDraft.objects.filter(project=page.translation_key, begun=False).delete()
        _say(page, _named(revision.content))


def _note_beginning(revision: Revision, page: Page) -> None:
    """A member's person has made this page: what a copy has brought along counts no more."""
    known, user = MemberDraft.objects.filter(project=page.translation_key), revision.user
    was_public = page.live or page.first_published_at
    if was_public or page.owner_id != user.pk or known.filter(begun=True).exists():
        return
    known.delete()
    own = {member.organisation for member in groups_of(user).values()}
    _say(page, own & _named(revision.content) or own, begun=True)


def _say(page: Page, keys: Iterable[UUID], begun: bool = False) -> None:
    """Of organisations without a group nothing has to be noted: making one looks at all drafts."""
    found = MemberGroup.objects.filter(organisation__translation_key__in=keys)
    there = MemberDraft.objects.filter(project=page.translation_key)
    known = set(there.values_list("organisation__translation_key", flat=True))
    for group in found.select_related("organisation"):
        if group.organisation.translation_key not in known:
            known.add(group.organisation.translation_key)
            organisation = group.organisation
            MemberDraft.objects.create(
                project=page.translation_key, organisation=organisation, begun=begun
            )


@receiver(post_save, sender=Revision, dispatch_uid="who-takes-part-in-a-draft")
def follow_draft(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if not created or raw or instance.content_type_id != _project_type():
        return
    if MemberGroup.objects.exists():
        page = _project_model().objects.filter(pk=instance.object_id, carries_facts=True).first()
        if page is not None:
            note(instance, page)


@receiver(page_published, dispatch_uid="who-takes-part-is-public")
def follow_publishing(sender, instance, **kwargs) -> None:
    """From now on the page itself says so; a later draft says what it says."""
    if not (isinstance(instance, _project_model()) and instance.carries_facts):
        return
    if MemberDraft.objects.filter(project=instance.translation_key).exists():
        MemberDraft.objects.filter(project=instance.translation_key).delete()
        if instance.has_unpublished_changes and instance.latest_revision:
            note(instance.latest_revision, instance)


def look_at_drafts(organisation: Organisation) -> None:
    """A group was made: drafts that name the organisation were of no interest before."""
    same = Organisation.objects.filter(translation_key=organisation.translation_key)
    named = set(same.values_list("pk", flat=True))
    pages = _project_model().objects.filter(carries_facts=True)
    unseen = pages.filter(Q(live=False) | Q(has_unpublished_changes=True))
    for page in unseen.exclude(latest_revision=None).select_related("latest_revision__user"):
        rows = page.latest_revision.content.get("organisations", ())
        if named & {row.get("organisation") for row in rows}:
            note(page.latest_revision, page)


@receiver(post_delete, sender=MemberGroup, dispatch_uid="group-goes-with-its-member")
def follow_loss(sender, instance, **kwargs) -> None:
    """A group that belongs to nobody would be an empty name in the settings."""
    Group.objects.filter(pk=instance.group_id).delete()


register(groups_of, records_of)
