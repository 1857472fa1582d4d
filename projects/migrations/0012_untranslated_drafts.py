from django.db import migrations

REGISTERS = {
    "organisation": ("name", "short_name"),
    "person": ("title",),
    "programme": ("name", "short_name", "own_statement"),
    "targetgroup": ("name",),
    "theme": ("name",),
}


def untranslated_are_drafts(apps, schema_editor):
    """Records that wagtail-localize made with the source's words, and nobody has translated."""
    translations = apps.get_model("wagtail_localize", "Translation").objects.filter(enabled=True)
    strings = apps.get_model("wagtail_localize", "StringTranslation").objects
    for name, words in REGISTERS.items():
        records = apps.get_model("projects", name).objects
        first = {}
        for record in records.order_by("pk"):
            source = first.setdefault(record.translation_key, record)
            said = [getattr(record, word) for word in words]
            if source is record or not any(said):
                continue
            key, locale = record.translation_key, record.locale_id
            if (
                said == [getattr(source, word) for word in words]
                and translations.filter(source__object_id=key, target_locale=locale).exists()
                and not strings.filter(context__object_id=key, locale=locale).exists()
            ):
                records.filter(pk=record.pk).update(is_draft=True)


def nothing_is_new_to_translators(apps, schema_editor):
    """wagtail-localize warns of new fields until a source is sent anew: there are none."""
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    known = sources.filter(specific_content_type__app_label="projects")
    known.update(schema_version="0012_untranslated_drafts")


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0011_draft_records"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(untranslated_are_drafts, migrations.RunPython.noop),
        migrations.RunPython(nothing_is_new_to_translators, migrations.RunPython.noop),
    ]
