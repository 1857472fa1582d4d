import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def load(apps, schema_editor):
    Region = apps.get_model("projects", "Region")
    Municipality = apps.get_model("projects", "Municipality")
    Region.objects.bulk_create(Region(**row) for row in rows("regions.csv"))
    regions = {region.code: region for region in Region.objects.all()}
    listed = list(rows("municipalities.csv"))
    Municipality.objects.bulk_create(
        Municipality(
            code=row["code"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            region=regions[row["region_code"]],
            in_force=row["in_force"] == "1",
        )
        for row in listed
    )
    by_code = {place.code: place for place in Municipality.objects.all()}
    for row in listed:
        if row["successor"]:
            place = by_code[row["code"]]
            place.successor = by_code[row["successor"]]
            place.save(update_fields=["successor"])


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
