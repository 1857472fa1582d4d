"""Children of a project stand on one page of it: they have no languages of their own."""

from django.db import migrations

CHILDREN = (
    "projectcontact",
    "projectfunding",
    "projectmunicipality",
    "projectorganisation",
    "projectregion",
    "projecttargetgroup",
    "projecttheme",
)


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_one_set_of_facts")]
    operations = [
        *(
            migrations.AlterUniqueTogether(name=name, unique_together=set())
            for name in CHILDREN
        ),
        *(
            migrations.RemoveField(model_name=name, name=field)
            for name in CHILDREN
            for field in ("locale", "translation_key")
        ),
    ]
