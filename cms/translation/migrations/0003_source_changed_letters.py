from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0002_review'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='event',
            field=models.CharField(choices=[('requested', 'To translate'), ('handed_over', 'To review'), ('returned', 'Returned'), ('approved', 'Approved'), ('reminded', 'Reminder'), ('changed', 'Source changed')], max_length=12),
        ),
    ]
