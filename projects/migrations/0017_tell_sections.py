from django.db import migrations

from projects.models.sections import kinds_told

BATCH = 200


def tell_sections(apps, schema_editor):
    """What each project's sections tell, of the text that is stored."""
    ProjectPage = apps.get_model("projects", "ProjectPage")
    batch = []
    for page in ProjectPage.objects.only("pk", "body").iterator(BATCH):
        page.sections_told = kinds_told(page.body.raw_data)
        if page.sections_told:
            batch.append(page)
        if len(batch) >= BATCH:
            ProjectPage.objects.bulk_update(batch, ["sections_told"])
            batch = []
    ProjectPage.objects.bulk_update(batch, ["sections_told"])


class Migration(migrations.Migration):
    """Apart from the field: PostgreSQL makes no index where rows have changed a moment ago."""

    dependencies = [
        ('projects', '0016_member_groups'),
    ]

    operations = [
        migrations.RunPython(tell_sections, migrations.RunPython.noop),
    ]
