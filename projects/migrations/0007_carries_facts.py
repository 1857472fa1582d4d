from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_places_of_2026")]
    operations = [
        migrations.AddField(
            model_name="projectpage",
            name="carries_facts",
            field=models.BooleanField(default=True, editable=False),
        ),
    ]
