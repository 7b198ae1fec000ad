
import payung.kernel.public_id
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ScheduledRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64, unique=True)),
                ('slot', models.BigIntegerField()),
                ('started_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=payung.kernel.public_id.new_public_id, editable=False, unique=True)),
                ('kind', models.CharField(max_length=64)),
                ('params', models.JSONField(default=dict)),
                ('label_params', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('task_id', models.UUIDField()),
                ('requested_by_id', models.CharField(max_length=64)),
                ('requested_by_label', models.CharField(max_length=200)),
                ('requested_at', models.DateTimeField()),
                ('run_after', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('total', models.PositiveIntegerField(null=True)),
                ('done_count', models.PositiveIntegerField(default=0)),
                ('rate', models.FloatField(default=0.0)),
                ('result', models.JSONField(null=True)),
                ('error_code', models.CharField(default='', max_length=100)),
                ('error_params', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['requested_by_id', '-id'], name='jobs_job_requester'), models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['state'], name='jobs_job_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='jobs_job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed'])), models.Q(('finished_at__isnull', True), ('state__in', ['queued', 'running'])), _connector='OR'), name='jobs_job_finished_has_a_time'), models.CheckConstraint(condition=models.Q(('total__isnull', True), ('done_count__lte', models.F('total')), _connector='OR'), name='jobs_job_count')],
            },
        ),
    ]
