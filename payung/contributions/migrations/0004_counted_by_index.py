"""Two indexes less, two that pages count by.

Nobody searches covered months by their payment, and lines of a worker are searched for while they are live, for which
there is a unique index. A payer's months and people, and what a notice asks for, are counted from an index alone.
"""

import django.db.models.deletion
from django.db import migrations, models

# By name and not by altering the fields: SQLite would write both tables anew, without their triggers.
PAYMENTS = ('"contributions_coveredmonth_payment_id_ffdad8ce"', '"contributions_coveredmonth" ("payment_id")')
WORKERS = ('"contributions_noticeline_worker_id_46ee9ede"', '"contributions_noticeline" ("worker_id")')


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0003_reconciliation'),
        ('enrolment', '0002_handover'),
        ('registry', '0003_worker_blocks'),
        ('sponsors', '0002_public_budget'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='coveredmonth',
            name='contributio_sponsor_12bad0_idx',
        ),
        migrations.RemoveIndex(
            model_name='noticeline',
            name='contributio_notice__002b0c_idx',
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f'DROP INDEX {name}', f'CREATE INDEX {name} ON {on}')
                for name, on in (PAYMENTS, WORKERS)
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='coveredmonth',
                    name='payment',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='covered_months', to='contributions.payment'),
                ),
                migrations.AlterField(
                    model_name='noticeline',
                    name='worker',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='coveredmonth',
            index=models.Index(fields=['sponsor', 'month', 'program', 'entry', 'amount_rp', 'worker'], name='contributio_sponsor_adf4ef_idx'),
        ),
        migrations.AddIndex(
            model_name='noticeline',
            index=models.Index(fields=['notice', 'month', 'position', 'is_live', 'jkk_rp', 'jkm_rp'], name='contributio_notice__f626a4_idx'),
        ),
    ]
