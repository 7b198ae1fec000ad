"""What pages show of a list is kept beside it: its faults, a few sealed values, its marked workbook, why it was undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("intake", "0005_same_rows_and_villages"),)

    operations = (
        migrations.AddField("upload", "faults", models.JSONField(null=True)),
        migrations.AddField("upload", "samples_sealed", models.BinaryField(null=True)),
        migrations.AddField("upload", "marked", models.JSONField(null=True)),
        migrations.AddField("upload", "marked_at", models.DateTimeField(null=True)),
        migrations.AddField("upload", "undone_by", models.CharField(max_length=64, null=True)),
        migrations.AddField("upload", "undone_at", models.DateTimeField(null=True)),
        migrations.AddField("upload", "undone_reason", models.CharField(max_length=500, null=True)),
    )
