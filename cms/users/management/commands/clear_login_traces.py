from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone


class Command(BaseCommand):
    help = (
        "Delete wrong sign-ins older than LOGIN_TRACE_DAYS (names and addresses are personal data) "
        "and sessions that have ended. The worker does it daily."
    )

    def handle(self, **options) -> None:
        limit = timezone.now() - timedelta(days=settings.LOGIN_TRACE_DAYS)
        traces = sum(
            model.objects.filter(attempt_time__lt=limit).delete()[0]
            for model in (AccessAttempt, AccessFailureLog, AccessLog)
        )
        call_command("clearsessions")
        self.stdout.write(f"Deleted {traces} traces of sign-ins.")
