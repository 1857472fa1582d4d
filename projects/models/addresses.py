"""Where the public page of a record lies: a word for each, kept when the record's name changes."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii

from .organisations import Organisation, Programme
from .records import TargetGroup, Term, Theme

KINDS = {
    Organisation: "organisation",
    Programme: "programme",
    Theme: "theme",
    TargetGroup: "target_group",
}
LONGEST = 80


class RecordAddress(models.Model):
    """``slug`` leads to the record of ``key``, in every language; a former one is redirected.

    No foreign key: the languages of a record are one thing, and when two records are joined the
    addresses of the one that goes follow its key and become former ones.
    """

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=130)
    key = models.UUIDField(db_index=True)
    is_former = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("address of a page")
        verbose_name_plural = _("addresses of pages")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_record_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


def slug_of(record) -> str:
    """The word that the record would have if no other had it; "" if its name has no letter."""
    if isinstance(record, Term):
        return record.slug
    slug = slugify(string_to_ascii(record.name))
    return slug if len(slug) <= LONGEST else slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]


def is_same(slug: str, wanted: str) -> bool:
    """Whether this is the word wanted, or that with the number it got beside another one."""
    head, _dash, number = slug.rpartition("-")
    return slug == wanted or (head == wanted and number.isdecimal())


def keep_address(sender, instance, raw=False, **kwargs) -> None:
    """Whenever a record is saved in the language first written: its page lies where it is called.

    What it was called before goes on leading there.
    """
    if raw or instance.is_draft or instance.carrier.pk != instance.pk:
        return
    kind, key = KINDS[sender], instance.translation_key
    wanted = slug_of(instance) or str(key)
    own = RecordAddress.objects.filter(kind=kind, key=key)
    now = own.filter(is_former=False).first()
    if now and is_same(now.slug, wanted):
        return
    own.filter(is_former=False).update(is_former=True)
    before = RecordAddress.objects.filter(kind=kind, slug=wanted, is_former=True).first()
    address = before or RecordAddress(kind=kind, slug=free_slug(kind, wanted))
    address.key, address.is_former = key, False
    address.save()


def forget_address(sender, instance, **kwargs) -> None:
    """With the last language of a record its addresses go."""
    key = instance.translation_key
    if not sender._base_manager.filter(translation_key=key).exists():
        RecordAddress.objects.filter(kind=KINDS[sender], key=key).delete()


def free_slug(kind: str, wanted: str) -> str:
    near = RecordAddress.objects.filter(kind=kind, slug__startswith=wanted)
    taken = set(near.values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def connect() -> None:
    for model in KINDS:
        models.signals.post_save.connect(keep_address, sender=model, dispatch_uid="address")
        models.signals.post_delete.connect(forget_address, sender=model, dispatch_uid="address")
