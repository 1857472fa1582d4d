"""An object's other languages, brought to what the file says through wagtail-localize.

Everything is written inside the caller's transaction: ``Translation.save_target`` publishes after
the commit, which would leave half a project behind if the process died in between.
"""

from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Revision
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation, TranslationLog, TranslationSource
from wagtail_localize.segments.ingest import ingest_segments

from cms.translation.strings.progress import refresh_thing

from ..format import Shape
from ..format.rich_text import tidy
from ..format.segments import OWN_ONLY, StoredSegments

NOT_COPIED = {
    *("id", "page_ptr", "path", "depth", "numchild", "url_path", "locale", "alias_of"),
    *("latest_revision", "live_revision", "latest_revision_created_at", "has_unpublished_changes"),
    *("first_published_at", "last_published_at", "live", "expired"),
    *("locked", "locked_at", "locked_by", "owner"),
}


class Languages:
    """Reads what each language says *before* the Finnish changes, since words hang on it."""

    def __init__(self, entry, instance, memory, run) -> None:
        self.entry, self.memory, self.run = entry, memory, run
        self.shape = entry.shape
        self.targets: dict[str, object] = {}
        self.enabled: dict[str, bool] = {}
        self.current: dict[str, dict] = {}
        self.source = None
        if instance is None:
            return
        source = self._source_of(instance)
        if source:
            rows = Translation.objects.filter(source=source).select_related("target_locale")
            known = {row.target_locale.language_code: row.enabled for row in rows}
            self.enabled = {code: known[code] and code not in OWN_ONLY for code in known}
        targets = self.shape.model.objects.filter(translation_key=instance.translation_key)
        for target in targets.exclude(locale=run.locale).select_related("locale"):
            self.targets[target.locale.language_code] = target
        for language in entry.translations:
            if language in self.targets:
                self.current[language] = self._read(language, instance, source)

    def read_language(self, language: str, instance) -> dict:
        """What the language of one of the targets says now."""
        return self._read(language, instance, self._source_of(instance))

    def _source_of(self, instance) -> TranslationSource | None:
        sources = TranslationSource.objects.filter(object_id=instance.translation_key)
        return sources.filter(locale=self.run.locale).first()

    def _read(self, language: str, instance, source) -> dict:
        target = self.targets[language]
        if not self.enabled.get(language):
            return read_own(self.shape, target, self.run)
        locale = self.run.directory.locale_of(language)
        return StoredSegments(self.shape, instance, source, locale, self.run).read(target)

    def load(self, instance, source_changed: bool) -> None:
        for language, wanted in self.entry.translations.items():
            self._load_one(language, wanted, instance, source_changed)
        if source_changed:
            for language in set(self.targets) - set(self.entry.translations):
                self._follow(language, instance)

    def _load_one(self, language: str, wanted: dict, instance, source_changed: bool) -> None:
        current, memory = self.current.get(language), self.memory
        if current is None and memory.seen(language) and not self.run.overwrite:
            memory.keep(_("deleted by an editor"), language)
            return
        if current and current["mode"] != wanted["mode"]:
            if not (self.run.overwrite or memory.is_unfilled(language, current)):
                memory.keep(_("an editor translates it in another way"), language)
                if source_changed:
                    self._follow(language, instance)
                return
            current = None
        merged = memory.merge(language, wanted, current, None)
        memory.store(language, wanted)
        if merged.changed or source_changed:
            write = self._write_own if wanted["mode"] == "own" else self._write_words
            write(language, merged.form, instance)

    def _follow(self, language: str, instance) -> None:
        """A language that the file does not mention takes over facts, and keeps its words."""
        target = self.targets[language]
        if self.enabled.get(language):
            self._render(language, instance, state_of(target))
        elif isinstance(target, Page):
            self._write_own(language, read_own(self.shape, target, self.run), instance)

    def _frozen(self, instance) -> TranslationSource:
        """The source that translators work from, brought up to date once."""
        if self.source is None:
            fresh = instance.__class__.objects.get(pk=instance.pk)
            self.source, _created = TranslationSource.update_or_create_from_instance(fresh)
        return self.source

    def _enable(self, language: str, source: TranslationSource, by_segments: bool) -> Locale:
        locale = self.run.directory.locale_of(language)
        Translation.objects.update_or_create(
            source=source, target_locale=locale, defaults={"enabled": by_segments}
        )
        return locale

    def _write_words(self, language: str, form: dict, instance) -> None:
        source = self._frozen(instance)
        locale = self._enable(language, source, by_segments=True)
        stored = StoredSegments(self.shape, instance, source, locale, self.run)
        for path in stored.write(form):
            reason = f"{path} " + _("(the Finnish text was changed by an editor)")
            self.memory.keep(reason, language)
        # Strings are written many at once, of which nobody else is told.
        refresh_thing(source.object_id)
        self._render(language, instance, form["fields"].get("state", "live"), said=True)

    def _render(self, language: str, instance, state: str, said: bool = False) -> None:
        """Write the translated object from its source and its segments.

        ``said``: a file says its words, so that a record's are nobody's draft any more.
        """
        source, locale = self._frozen(instance), self.run.directory.locale_of(language)
        original = source.as_instance()
        target = self._target(original, locale)
        segments = source._get_segments_for_translation(locale, fallback=True)
        ingest_segments(original, target, source.locale, locale, segments)
        revision = None
        if isinstance(target, Page):
            revision = self._store(target, state)
        else:
            target.is_draft = target.is_draft and not said
            target.save()
            self.run.note_saved(target)
        TranslationLog.objects.create(source=source, locale=locale, revision=revision)

    def _write_own(self, language: str, form: dict, instance) -> None:
        """A page with a text of its own: facts from the source, words from ``form``."""
        locale = self._enable(language, self._frozen(instance), by_segments=False)
        target = self._target(instance, locale)
        if not isinstance(target, Page):
            for name, text in form["fields"].items():
                setattr(target, name, text)
            target.is_draft = False
            target.save()
            return self.run.note_saved(target)
        for name in self.shape.words:
            setattr(target, name, form["fields"].get(name, ""))
        if self.shape.body:
            target.body = self.shape.body.write(form["lists"]["body"], self.run)
        self._store(target, form["fields"]["state"])

    @staticmethod
    def _target(original, locale: Locale) -> object:
        """The stored translation, or a new object not stored yet, with the facts of the source.

        These are what wagtail-localize keeps in step; of projects and registers there is one set.
        """
        model, key = original.__class__, original.translation_key
        target = model.objects.filter(translation_key=key, locale=locale).first()
        if target is None:
            target = model(locale=locale)
            for field in model._meta.concrete_fields:
                if field.name not in NOT_COPIED:
                    setattr(target, field.attname, getattr(original, field.attname))
        slug = getattr(target, "slug", None)
        copy_synchronised_fields(original, target)
        if isinstance(target, Page) and target.pk and target.depth == 2:
            target.slug = slug
        return target

    def _store(self, page: Page, state: str) -> Revision:
        """Save a translated page below the list of its language, live or as a draft."""
        live, below_root = state == "live", self.shape.below == "root"
        parent = self.run.parent_of(self.shape, page.locale.language_code)
        if not below_root:
            page.slug = find_available_slug(parent, page.slug, ignore_page_id=page.pk)
        page.alias_of = None
        if page.pk is None:
            if below_root:
                page.slug = find_available_slug(parent, f"{page.slug}-{page.locale.language_code}")
            page.live = live
            page.draft_title = page.title
            parent.add_child(instance=page)
        elif page.live and not live:
            page.unpublish()
        if not live:
            page.save()
        revision = page.save_revision(log_action=False)
        if live:
            revision.publish()
        self.run.note_saved(page)
        return revision


def state_of(target) -> str:
    return "live" if getattr(target, "live", True) else "draft"


def read_own(shape: Shape, target, run) -> dict:
    if not isinstance(target, Page):
        own = shape.words if target.locale.language_code in OWN_ONLY else ()
        fields = {name: tidy(getattr(target, name)) for name in own}
        return {"mode": "own", "fields": fields, "lists": {}}
    page = target.get_latest_revision_as_object() if target.has_unpublished_changes else target
    fields = {name: tidy(getattr(page, name)) for name in shape.words}
    fields["state"] = state_of(target)
    lists = {"body": shape.body.read(page.body, run)} if shape.body else {}
    return {"mode": "own", "fields": fields, "lists": lists}
