"""A page or record that is being translated, and whoever works on it."""

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.models import LanguageRights
from tests.factories import EditorFactory, LocaleFactory, UserFactory


def sent(thing, code: str) -> Translation:
    """The thing, submitted to a language as a draft."""
    source, _new = TranslationSource.update_or_create_from_instance(thing)
    locale = LocaleFactory(language_code=code)
    if not isinstance(thing, Page):
        record = thing.copy_for_translation(locale)
        record.is_draft = True
        record.save()
    translation = Translation.objects.create(source=source, target_locale=locale)
    if isinstance(thing, Page):
        translation.save_target(publish=False)
    return translation


def say(translation: Translation, text: str = "{} {}", only: int | None = None) -> None:
    """Translate all strings (or the first ``only``): the language's code, then the source."""
    code = translation.target_locale.language_code
    segments = translation.source.stringsegment_set.select_related("string").order_by("order")
    for segment in segments[:only]:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context_id=segment.context_id,
            defaults={
                "data": text.format(code, segment.string.data),
                "updated_at": timezone.now(),
            },
        )


def translator(code: str, may_publish: bool = False, also: str = "", **fields):
    """A member of the language's group; ``also``: of the staff's group of this name, too."""
    group, _new = Group.objects.get_or_create(name=f"Translators {code} {may_publish}")
    access = "access_admin"
    group.permissions.add(Permission.objects.get(codename=access))
    LanguageRights.objects.get_or_create(
        group=group,
        locale=Locale.objects.get_or_create(language_code=code)[0],
        defaults={"may_publish": may_publish},
    )
    user = EditorFactory(join=also, **fields) if also else UserFactory(**fields)
    user.groups.add(group)
    return user
