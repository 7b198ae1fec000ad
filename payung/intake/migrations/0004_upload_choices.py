"""What was answered about a file is kept beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0003_narrower_staged_row'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='choices',
            field=models.JSONField(null=True),
        ),
    ]
