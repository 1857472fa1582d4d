from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "synonyms"


def load(apps, schema_editor):
    """Give staff the starting list as rows of their own, to keep and to change."""
    SynonymGroup = apps.get_model("search", "SynonymGroup")
    for path in sorted(DATA.glob("*.txt")):
        lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
        SynonymGroup.objects.bulk_create(
            SynonymGroup(language=path.stem, words=line) for line in lines if line
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0001_words_and_pending")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
