import factory
from wagtail.models import Locale

from projects.models import Organisation, Person, Programme, TargetGroup, Theme


class LocaleFactory(factory.django.DjangoModelFactory):
    """The Finnish locale unless another code is given; never a second one of the same code."""

    class Meta:
        model = Locale
        django_get_or_create = ["language_code"]

    language_code = "fi"


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    locale = factory.SubFactory(LocaleFactory)


class OrganisationFactory(RecordFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Association {}".format)


class PersonFactory(RecordFactory):
    class Meta:
        model = Person

    name = factory.Sequence("Maija Malli {}".format)
    title = "project manager"
    email = factory.Sequence("maija.malli{}@example.org".format)


class ProgrammeFactory(RecordFactory):
    class Meta:
        model = Programme

    name = factory.Sequence("Programme {}".format)


class ThemeFactory(RecordFactory):
    class Meta:
        model = Theme

    name = factory.Sequence("Theme {}".format)
    slug = factory.Sequence("theme-{}".format)


class TargetGroupFactory(RecordFactory):
    class Meta:
        model = TargetGroup

    name = factory.Sequence("Target group {}".format)
    slug = factory.Sequence("target-group-{}".format)
