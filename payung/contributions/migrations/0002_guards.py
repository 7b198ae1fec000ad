"""Two rules of the journal that the database itself now refuses to see broken."""

from django.db import migrations

from payung.contributions.guards import JournalGuards


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]

    operations = [JournalGuards()]
