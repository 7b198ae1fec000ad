
import payung.kernel.public_id
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=payung.kernel.public_id.new_public_id, editable=False, unique=True)),
                ('template', models.CharField(max_length=64)),
                ('source', models.CharField(max_length=150)),
                ('to', models.EmailField(max_length=254)),
                ('language', models.CharField(default='id', max_length=8)),
                ('params', models.BinaryField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting', max_length=8)),
                ('created_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.CharField(default='', max_length=100)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['not_before'], name='messages_message_waiting')],
                'constraints': [models.UniqueConstraint(fields=('source', 'template', 'to'), name='messages_message_one_source'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(('sent_at__isnull', True), ('state__in', ['waiting', 'failed'])), _connector='OR'), name='messages_message_sent_has_a_time')],
            },
        ),
    ]
