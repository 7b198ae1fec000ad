"""What became of accepted rows gets a narrow table of its own; what stands in the rows is carried over."""

import django.db.models.deletion
from django.db import migrations, models

from payung.store.append_only import AppendOnly

CARRY_OVER = """
INSERT INTO intake_appliedrow (row_id, worker_id, outcome)
SELECT id, CASE WHEN outcome = '' THEN worker_id END, outcome
FROM intake_stagedrow WHERE outcome <> '' OR (applied_at IS NOT NULL AND worker_id IS NOT NULL)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_initial'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AppliedRow',
            fields=[
                ('row', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='applied', serialize=False, to='intake.stagedrow')),
                ('outcome', models.CharField(max_length=60)),
                ('worker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('worker__isnull', False)), models.Q(('worker__isnull', True), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='intake_applied_to_a_worker_or_says_why')],
            },
        ),
        AppendOnly('intake_appliedrow'),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
    ]
