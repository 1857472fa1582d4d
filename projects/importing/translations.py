"""An object's other languages, brought to what the file says through wagtail-localize.

Everything is written inside the caller's transaction: ``Translation.save_target`` publishes after
the commit, which would leave half a project behind if the process died in between.
"""

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from . import rendering
from .memory import is_bare
from .strings import Strings
from .text import tidy
from .words import WORDS


class Languages:
    """Reads what each language says *before* the Finnish changes, since words hang on it."""

    def __init__(self, entry, instance, memory, run):
        self.entry, self.memory, self.run = entry, memory, run
        self.shape = entry.shape
        self.targets: dict[str, object] = {}
        self.enabled: dict[str, bool] = {}
        self.current: dict[str, dict] = {}
        self.source = None
        if instance is not None:
            self._look(instance)

    def _look(self, instance) -> None:
        source = self.source_of(instance)
        if source:
            rows = Translation.objects.filter(source=source).select_related("target_locale")
            self.enabled = {row.target_locale.language_code: row.enabled for row in rows}
        targets = self.shape.model.objects.filter(translation_key=instance.translation_key)
        for target in targets.exclude(locale=self.run.locale).select_related("locale"):
            self.targets[target.locale.language_code] = target
        for language in self.entry.translations:
            if language in self.targets:
                self.current[language] = self.read(language, instance, source)

    def read_language(self, language: str, instance) -> dict | None:
        """What this language says now, or None where there is no such page or record."""
        if language not in self.targets:
            return None
        return self.read(language, instance, self.source_of(instance))

    def source_of(self, instance) -> TranslationSource | None:
        sources = TranslationSource.objects.filter(object_id=instance.translation_key)
        return sources.filter(locale=self.run.locale).first()

    def read(self, language: str, instance, source) -> dict:
        target = self.targets[language]
        if self.enabled.get(language):
            locale = self.run.locale_of(language)
            return Strings(self.shape, instance, source, locale, self.run).read(target)
        return read_own(self.shape, target, self.run)

    def load(self, instance, source_changed: bool) -> None:
        for language, wanted in self.entry.translations.items():
            self.load_one(language, wanted, instance, source_changed)
        if source_changed:
            for language in set(self.targets) - set(self.entry.translations):
                self.follow(language, instance)

    def load_one(self, language: str, wanted: dict, instance, source_changed: bool) -> None:
        current = self.current.get(language)
        label = f"{self.memory.kind} {self.memory.identifier} ({language})"
        if current is None and self.memory.seen(language) and not self.run.overwrite:
            self.run.kept.append(f"{label}: " + _("deleted by an editor"))
            return
        if current and current["mode"] != wanted["mode"]:
            fresh = self.memory.kind.startswith("site-") and is_bare(current)
            if not (self.run.overwrite or (fresh and not self.memory.seen(language))):
                self.run.kept.append(f"{label}: " + _("an editor translates it in another way"))
                if source_changed:
                    self.follow(language, instance)
                return
            current = None
        merged = self.memory.merge(language, wanted, current, self.run)
        self.memory.store(language, wanted)
        if merged.changed or source_changed:
            write = self.write_own if wanted["mode"] == "own" else self.write_words
            write(language, merged.form, instance)

    def follow(self, language: str, instance) -> None:
        """A language that the file does not mention takes over facts, and keeps its words."""
        target = self.targets[language]
        if self.enabled.get(language):
            self.render(language, instance, target_state(target))
        elif isinstance(target, Page):
            self.write_own(language, read_own(self.shape, target, self.run), instance)

    def frozen(self, instance) -> TranslationSource:
        """The source that translators work from, brought up to date once."""
        if self.source is None:
            fresh = instance.__class__.objects.get(pk=instance.pk)
            self.source, _created = TranslationSource.update_or_create_from_instance(fresh)
        return self.source

    def write_words(self, language: str, form: dict, instance) -> None:
        source, locale = self.frozen(instance), self.run.locale_of(language)
        Translation.objects.update_or_create(
            source=source, target_locale=locale, defaults={"enabled": True}
        )
        strings = Strings(self.shape, instance, source, locale, self.run)
        for path in strings.write(form):
            label = f"{self.memory.kind} {self.memory.identifier} ({language}): {path}"
            self.run.kept.append(label + " " + _("(the Finnish text was changed by an editor)"))
        self.render(language, instance, form["fields"].get("state", "live"))

    def render(self, language: str, instance, state: str) -> None:
        rendering.render(
            self.shape, self.frozen(instance), self.run.locale_of(language), state, self.run
        )

    def write_own(self, language: str, form: dict, instance) -> None:
        source, locale = self.frozen(instance), self.run.locale_of(language)
        Translation.objects.update_or_create(
            source=source, target_locale=locale, defaults={"enabled": False}
        )
        rendering.write_own(self.shape, instance, locale, form, self.run)


def target_state(target) -> str:
    return "live" if getattr(target, "live", True) else "draft"


def read_own(shape, target, run) -> dict:
    if not isinstance(target, Page):
        return {"mode": "own", "fields": {}, "lists": {}}
    page = target.get_latest_revision_as_object() if target.has_unpublished_changes else target
    fields = {name: tidy(getattr(page, name)) for name in WORDS}
    fields["state"] = target_state(target)
    lists = {"body": shape.body.read(page.body, run)} if shape.body else {}
    return {"mode": "own", "fields": fields, "lists": lists}
