"""Nobody asks for a payment's cover lines but by its entries: their own index was written with every worker-month."""

import django.db.models.deletion
from django.db import migrations, models

from payung.store.fewer_indexes import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("contributions", "0004_counted_by_index")]

    operations = [
        WithoutIndex(
            model_name="coverline",
            name="payment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cover_lines",
                to="contributions.payment",
            ),
        ),
    ]
