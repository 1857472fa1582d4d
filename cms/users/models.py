"""The user; and what is held of a person as one: the account, what she did, signing in."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from cms.core.personal import Subject, facts

SECRET = ("password", "key", "session_hash")


class User(AbstractUser):
    """The project's own user from the first migration, so that it can grow without a swap."""


def accounts(subject: Subject) -> QuerySet:
    wanted = Q(pk__in=[])
    for email in subject.emails:
        wanted |= Q(email__iexact=email) | Q(username__iexact=email)
    return User.objects.filter(wanted)


def tell(subject: Subject) -> list[dict]:
    """Everything but secrets (password, keys of devices), which tell nothing of the person."""
    told = []
    for user in accounts(subject):
        names = {user.get_username(), user.email} - {""}
        profile = getattr(user, "wagtail_userprofile", None)
        told.append(
            {
                "account": facts(user, SECRET),
                "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
                "preferences": facts(profile) if profile else {},
                "second_factor": [
                    facts(each, SECRET) for each in TOTPDevice.objects.filter(user=user)
                ],
                "sign_ins": [
                    {"kind": model._meta.model_name, **facts(row, SECRET)}
                    for model in (AccessAttempt, AccessFailureLog, AccessLog)
                    for row in model.objects.filter(username__in=names).order_by("attempt_time")
                ],
                "actions": [
                    {
                        "action": entry.action,
                        "object": entry.label,
                        "at": entry.timestamp.isoformat(),
                    }
                    for model in (PageLogEntry, ModelLogEntry)
                    for entry in model.objects.filter(user=user).order_by("timestamp")
                ],
                "revisions_written": Revision.objects.filter(user=user).count(),
            }
        )
    return told
