"""Staged rows lose what now stands in `AppliedRow`, and the indexes that nobody asks.

The two columns stay in the tables for one release, unknown to the models: code that still runs may write them. The next
migration after that release drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_applied_row'),
    ]

    operations = [
        migrations.AlterField(
            model_name='stagedrow',
            name='outcome',
            field=models.CharField(default='', db_default='', max_length=60),
        ),
        migrations.AlterField(
            model_name='stagedrow',
            name='occupation',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.occupation'),
        ),
        migrations.AlterField(
            model_name='stagedrow',
            name='upload',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='intake.upload'),
        ),
        migrations.AlterField(
            model_name='stagedrow',
            name='village',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.region'),
        ),
        migrations.AlterField(
            model_name='stagedrow',
            name='worker',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker'),
        ),
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.RemoveField(model_name='stagedrow', name='applied_at'),
            migrations.RemoveField(model_name='stagedrow', name='outcome'),
        ]),
    ]
