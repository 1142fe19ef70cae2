import django.db.models.deletion
import shouwen.core.tenancy
import shouwen.documents.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.documents.models.document_code, max_length=16)),
                ('kind', models.CharField(choices=[('notice', '量化考核公示'), ('criticism', '通报批评'), ('agenda', '干部大会议程清单'), ('standby', '待岗名单'), ('transfer_letter', '建议调离函'), ('year_table', '年度考核表'), ('leave_form', '请假条'), ('handover_form', '值日交接单'), ('roster', '值守表'), ('table', '统计表')], max_length=20, verbose_name='种类')),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=60, verbose_name='文号')),
                ('subject', models.CharField(max_length=100, verbose_name='事由')),
                ('source', models.CharField(blank=True, max_length=80)),
                ('data', models.JSONField()),
                ('template_version', models.CharField(max_length=16)),
                ('stand_ins', models.JSONField(default=list)),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('issuer_label', models.CharField(max_length=40, verbose_name='出具人')),
                ('issued_at', models.DateTimeField(verbose_name='出具时间')),
                ('voided_at', models.DateTimeField(null=True, verbose_name='作废时间')),
                ('voided_by', models.CharField(blank=True, max_length=40, verbose_name='作废人')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('issued_by', shouwen.core.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='出具人')),
            ],
            options={
                'verbose_name': '文书',
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='document_code'), models.UniqueConstraint(fields=('center', 'kind', 'year', 'serial'), name='document_serial'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('source', ''), _negated=True)), fields=('center', 'kind', 'source'), name='document_source')],
            },
        ),
        migrations.CreateModel(
            name='Printing',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('pdf', 'PDF'), ('a3', 'PDF(A3 大张)'), ('word', 'Word')], max_length=4)),
                ('by', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('document', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='printings', to='documents.document')),
            ],
            options={
                'verbose_name': '打印记录',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('notice', '量化考核公示'), ('criticism', '通报批评'), ('agenda', '干部大会议程清单'), ('standby', '待岗名单'), ('transfer_letter', '建议调离函'), ('year_table', '年度考核表'), ('leave_form', '请假条'), ('handover_form', '值日交接单'), ('roster', '值守表'), ('table', '统计表')], max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
            ],
            options={
                'verbose_name': '文号',
                'constraints': [models.UniqueConstraint(fields=('center', 'kind', 'year'), name='series_year')],
            },
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['center', '-issued_at'], name='document_issued'),
        ),
        migrations.AddIndex(
            model_name='printing',
            index=models.Index(fields=['center', 'document', '-at'], name='printing_document'),
        ),
    ]
