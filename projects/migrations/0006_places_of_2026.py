"""Places say the year of the list that they stand in; the list of 2026 as it is in force."""

import csv
from pathlib import Path

from django.db import migrations, models

DATA = Path(__file__).resolve().parent.parent / "data"
YEAR = 2026
LAST_YEARS = {"099": 2020, "588": 2025}
"""Honkajoki joined Kankaanpää in 2021, Pertunmaa Mäntyharju in 2026."""


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def bring_up_to_date(apps, schema_editor):
    """Five municipalities changed their region in 2021; two are part of others."""
    Region = apps.get_model("projects", "Region")
    Municipality = apps.get_model("projects", "Municipality")
    Region.objects.update(year=YEAR)
    regions = {region.code: region for region in Region.objects.all()}
    towns = {town.code: town for town in Municipality.objects.all()}
    for row in rows("municipalities.csv"):
        town = towns.get(row["code"])
        if town is not None:
            town.region = regions[row["region_code"]]
            town.in_force = row["in_force"] == "1"
            town.successor = towns.get(row["successor"])
            town.year = LAST_YEARS.get(row["code"], YEAR)
            town.save()


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_person_job_title")]
    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="year",
                field=models.PositiveSmallIntegerField(
                    editable=False,
                    help_text="The newest official list in which it stands.",
                    null=True,
                    verbose_name="list of the year",
                ),
            )
            for name in ("region", "municipality")
        ),
        migrations.RunPython(bring_up_to_date, migrations.RunPython.noop),
    ]
