"""Inviting somebody into a member's group, by a letter with a link that sets the password.

Django's reset tokens make the link: it works once, for as long as those do, and no longer than the
account is without a password. Whoever has an account already gets no link, but the group.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from cms.core.formatting import day
from cms.core.hygiene import one_line
from cms.translation.mails import full_name
from cms.users.models import User

from ...models import MemberGroup

PAUSE = 600
"""Seconds after which the same address may get another letter."""


class CannotInvite(Exception):
    """Says why, to be shown to whoever invites."""


def awaits_password(user) -> bool:
    """Was invited, and has no other way in. No link ever opens an account of staff."""
    if user.has_usable_password() or user.last_login or user.is_superuser:
        return False
    return not user.groups.filter(member=None).exists()


class InvitationTokens(PasswordResetTokenGenerator):
    key_salt = "projects.admin.members.invitation"

    def check_token(self, user, token) -> bool:
        return bool(user) and awaits_password(user) and super().check_token(user, token)

    def fault(self, user, token: str) -> str:
        """*used*, *late* or *wrong*; empty for a link that works."""
        if user is not None and user.has_usable_password():
            return "used"
        if user is None or not (user.is_active and awaits_password(user)):
            return "wrong"
        return "" if self.check_token(user, token) else self._late_or_wrong(user, token)

    def _late_or_wrong(self, user, token: str) -> str:
        try:
            made = base36_to_int(token.split("-")[0])
        except ValueError:
            return "wrong"
        is_ours = token == self._make_token_with_timestamp(user, made, self.secret)
        return "late" if is_ours else "wrong"


tokens = InvitationTokens()


def account_of(email: str) -> User | None:
    """The account of an address; of several the one that is in use."""
    same = Q(email__iexact=email) | Q(username__iexact=email)
    found = User.objects.filter(same).order_by("-is_active", "pk")
    return found.first()


def invite(member: MemberGroup, email: str, inviter) -> bool:
    """Put whoever has this address into the group, and send a letter. ``True``: with a link, since
    there was no account with a password. Nothing is done where the letter can't be sent.

    Raises :class:`CannotInvite`.
    """
    user = account_of(email)
    if user is not None and not user.is_active:
        raise CannotInvite(_("The account of this address is closed. Open it again first."))
    if not _is_free(email):
        raise CannotInvite(_("A letter has just been sent to this address. Wait ten minutes."))
    try:
        with transaction.atomic():
            user = user or _new_user(email)
            user.groups.add(member.group)
            log(user, "projects.invited", user=inviter, data={"group": member.group.name})
            is_new = awaits_password(user)
            _send(user, member, inviter)
    except OSError as error:  # what smtplib raises
        cache.delete(_mark(email))
        text = _("The letter could not be sent, so nothing was done. Try again later.")
        raise CannotInvite(text) from error
    return is_new


def _mark(email: str) -> str:
    return f"invited-{salted_hmac('members.invite', email.casefold()).hexdigest()}"


def _is_free(email: str) -> bool:
    return cache.add(_mark(email), 1, PAUSE)


def _new_user(email: str) -> User:
    user = User(username=email[:150].lower(), email=email)
    user.set_unusable_password()
    user.save()
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = get_language() or settings.LANGUAGE_CODE
    profile.save(update_fields=["preferred_language"])
    return user


def _send(user, member: MemberGroup, inviter) -> None:
    language = UserProfile.get_for_user(user).preferred_language or get_language()
    with override(language):
        subject, body = letter(user, member, inviter)
    send_mail(one_line(subject), body, [user.email or user.get_username()])


def letter(user, member: MemberGroup, inviter) -> tuple[str, str]:
    """Subject and text, in the language in force."""
    names = {
        "inviter": one_line(full_name(inviter)),
        "organisation": one_line(member.organisation.name),
        "site": settings.SITE_NAME,
    }
    subject = _("[%(site)s] You may look after the projects of %(organisation)s") % names
    parts = [
        _("Hello,"),
        _(
            "%(inviter)s has invited you to look after the projects of %(organisation)s on the "
            "site %(site)s."
        )
        % names,
    ]
    if not awaits_password(user):
        address = settings.BASE_URL + reverse("wagtailadmin_home")
        parts.append(_("Sign in as before: %s") % address)
    else:
        parts += _with_link(user)
    return subject, "\n\n".join(parts) + "\n"


def _with_link(user) -> list[str]:
    key = urlsafe_base64_encode(force_bytes(user.pk))
    link = settings.BASE_URL + reverse("member_join", args=[key, tokens.make_token(user)])
    last = timezone.localdate(timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
    return [
        _("Choose a password here. The link works once, until %(day)s:") % {"day": day(last)}
        + f"\n{link}",
        _("Your user name is %s") % user.get_username(),
        _("If you do not know what this is about, you need not do anything."),
    ]


def leave(member: MemberGroup, user, remover) -> None:
    """Out of the group; an account that nobody has used and that has no other group goes too."""
    user.groups.remove(member.group)
    log(user, "projects.left_member", user=remover, data={"group": member.group.name})
    if awaits_password(user) and not user.groups.exists():
        user.delete()
