from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.core.models import picture_key
from cms.translation.records import PASS_ON_OR_NULL, FactsRecord

from .organisations import Organisation
from .previews import RecordPreview


class PersonQuerySet(models.QuerySet):
    def public(self, today=None):
        """People whose details may be shown on ``today`` (a date in the site's time zone)."""
        return self.exclude(public_until__lt=today or timezone.localdate())


def photographs_of_expired_people(day) -> set[int]:
    """Pictures of people whose last public day has passed on ``day``, by primary key."""
    people = Person.objects.filter(public_until__lt=day).exclude(photo=None)
    return set(people.values_list("photo", flat=True))


class Person(RecordPreview, FactsRecord):
    """A staff contact. Personal data: all of it is gone the day after ``public_until``."""

    name = models.CharField(_("name"), max_length=255)
    title = models.CharField(_("job title"), max_length=255, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=PASS_ON_OR_NULL,
        related_name="people",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    photo = picture_key(verbose_name=_("photograph"))
    public_until = models.DateField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the details are shown anywhere on the site."),
    )
    show_on_contacts_page = models.BooleanField(_("show on the contacts page"), default=True)

    objects = PersonQuerySet.as_manager()

    words = ("title",)
    search_fields = [
        *FactsRecord.search_fields,
        index.SearchField("title"),
        index.FilterField("public_until"),
    ]

    class Meta(FactsRecord.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def is_public(self) -> bool:
        return self.public_until is None or self.public_until >= timezone.localdate()
