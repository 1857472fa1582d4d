from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.models import ContactsPage

from .organisations import Organisation
from .previews import RecordPreview


def expired_keys(model, today=None) -> models.QuerySet:
    """Translation keys of records whose last public day has passed, as a subquery."""
    today = today or timezone.localdate()
    return model._base_manager.filter(public_until__lt=today).values("translation_key")


class PersonQuerySet(models.QuerySet):
    def public(self, today=None):
        """People whose details may be shown on ``today`` (a date in the site's time zone).

        A person is gone in every language when any of the records says so: a translation may not
        have heard of an earlier last day yet.
        """
        return self.exclude(translation_key__in=expired_keys(self.model, today))

    def visible(self, today=None):
        """People whom some public page shows on ``today``: the contacts page or a project."""
        pages = apps.get_model("projects", "ProjectPage").objects.visible()
        contacts = apps.get_model("projects", "ProjectContact").objects.public(today)
        shown = contacts.filter(page__in=pages.values("pk")).values("person__translation_key")
        places = Q(translation_key__in=shown)
        if ContactsPage.objects.visible().exists():
            places |= Q(show_on_contacts_page=True)
        return self.public(today).filter(places)


class Person(RecordPreview, index.Indexed, TranslatableMixin, models.Model):
    """A staff contact. Personal data: all of it is gone the day after ``public_until``."""

    name = models.CharField(_("name"), max_length=255)
    title = models.CharField(_("job title"), max_length=255, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("photograph"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    public_until = models.DateField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the details are shown anywhere on the site."),
    )
    show_on_contacts_page = models.BooleanField(_("show on the contacts page"), default=True)

    objects = PersonQuerySet.as_manager()

    override_translatable_fields = [SynchronizedField(name) for name in ("name", "phone")]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("title"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
        index.FilterField("public_until"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.public_until is None or self.public_until >= timezone.localdate()
