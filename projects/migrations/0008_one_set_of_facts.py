"""Facts go to the page first written, and registers say the same in all languages.

What a translation said otherwise is listed while migrating: the page or record first written wins.
"""

from collections import defaultdict

from django.db import migrations
from django.db.models import Q

FIELDS = {
    "acronym": "",
    "code": "",
    "programme": None,
    "start_date": None,
    "end_date": None,
    "extension_end_date": None,
    "date_precision": "day",
    "realised_public_funding": None,
    "website": "",
    "logo": None,
    "image": None,
    "social_image": None,
}
CHILDREN = {
    "ProjectOrganisation": ("organisation", "role"),
    "ProjectFunding": ("organisation", "role", "amount"),
    "ProjectMunicipality": ("municipality",),
    "ProjectRegion": ("region",),
    "ProjectTheme": ("theme",),
    "ProjectTargetGroup": ("target_group",),
    "ProjectContact": ("person", "public_until"),
}
PAGE_WORDS = ("title", "seo_title", "search_description", "lead", "body")
RECORD_WORDS = {
    "Organisation": ("name", "short_name"),
    "Person": ("title",),
    "Programme": ("name", "short_name", "own_statement"),
    "Theme": ("name",),
    "TargetGroup": ("name",),
}


def told(value):
    """A value as both languages would give it: a translated record is the same thing."""
    key = getattr(value, "translation_key", None)
    return key or (value.pk if hasattr(value, "pk") else value)


def shown(value) -> str:
    if hasattr(value, "pk"):
        value = getattr(value, "name", None) or getattr(value, "title", None) or value
    return str(value or "–")


def groups(queryset):
    """Languages of each thing, the first written first."""
    found = defaultdict(list)
    for instance in queryset:
        found[instance.translation_key].append(instance)
    return [each for each in found.values() if len(each) > 1]


def differ(label, first, other, names) -> None:
    for name in names:
        mine, its = getattr(first, name), getattr(other, name)
        if told(mine) != told(its):
            print(f"\n  {label}: {name} was “{shown(its)}”, is “{shown(mine)}”", end="")


def rows_of(apps, pages):
    found = defaultdict(list)
    for model, names in CHILDREN.items():
        rows = apps.get_model("projects", model).objects.filter(page__in=pages)
        for row in rows.select_related(names[0]).order_by("sort_order", "pk"):
            found[row.page_id, model].append(row)
    return found


def gather_projects(apps) -> None:
    ProjectPage = apps.get_model("projects", "ProjectPage")
    pages = ProjectPage.objects.select_related("locale", "programme", "logo", "image")
    for first, *others in groups(pages.defer("body").order_by("pk")):
        if first.alias_of_id:
            own = [page for page in others if not page.alias_of_id]
            first, others = (own[0] if own else first), [first, *others]
            others = [page for page in others if page.pk != first.pk]
        rows = rows_of(apps, [first.pk, *(page.pk for page in others)])
        for other in others:
            label = f"{other.title} ({other.locale.language_code})"
            differ(label, first, other, FIELDS)
            for model, names in CHILDREN.items():
                mine, its = (
                    [tuple(told(getattr(row, name)) for name in names) for row in rows[pk, model]]
                    for pk in (first.pk, other.pk)
                )
                if mine != its:
                    said = [
                        " ".join(shown(getattr(row, name)) for name in names)
                        for row in rows[other.pk, model]
                    ]
                    plural = apps.get_model("projects", model)._meta.verbose_name_plural
                    print(f"\n  {label}: {plural} were “{'; '.join(said) or '–'}”", end="")
        keys = [page.pk for page in others]
        ProjectPage.objects.filter(pk__in=keys).update(carries_facts=False, **FIELDS)
        for model in CHILDREN:
            apps.get_model("projects", model).objects.filter(page__in=keys).delete()


def align_registers(apps) -> None:
    for name, words in RECORD_WORDS.items():
        model = apps.get_model("projects", name)
        own = {"id", "locale", "translation_key", *words}
        facts = [field for field in model._meta.concrete_fields if field.name not in own]
        for first, *others in groups(model.objects.select_related("locale").order_by("pk")):
            for other in others:
                label = f"{name} {other.name} ({other.locale.language_code})"
                differ(label, first, other, [field.name for field in facts])
            values = {field.attname: getattr(first, field.attname) for field in facts}
            model.objects.filter(pk__in=[other.pk for other in others]).update(**values)


def drop_segments(apps) -> None:
    """What translators were offered of facts, and what they overrode."""
    words = {"projectpage": PAGE_WORDS} | {k.lower(): v for k, v in RECORD_WORDS.items()}
    for model, names in words.items():
        kept = Q(context__path__in=names)
        for name in names:
            kept |= Q(context__path__startswith=f"{name}.")
        sources = apps.get_model("wagtail_localize", "TranslationSource").objects.filter(
            specific_content_type__app_label="projects", specific_content_type__model=model
        )
        of_source = {"source__in": sources.values("pk")}
        for segment in ("String", "Template", "RelatedObject", "Overridable"):
            rows = apps.get_model("wagtail_localize", f"{segment}Segment").objects
            rows.filter(**of_source).exclude(kept).delete()
        overrides = apps.get_model("wagtail_localize", "SegmentOverride").objects
        overrides.filter(context__object__in=sources.values("object")).exclude(kept).delete()
    apps.get_model("wagtail_localize", "SegmentOverride").objects.filter(
        context__path="slug"
    ).delete()


def gather(apps, schema_editor) -> None:
    gather_projects(apps)
    align_registers(apps)
    drop_segments(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_carries_facts"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
