import django.db.models.deletion
import shouwen.core.tenancy
import shouwen.duty.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.pattern_code, max_length=16, verbose_name='编号')),
                ('kind', models.CharField(choices=[('hall', '值日'), ('holiday', '节假日值班'), ('leader', '带班领导')], max_length=10, verbose_name='班种')),
                ('active_from', models.DateField(verbose_name='起')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
            ],
            options={
                'verbose_name': '轮值表',
                'indexes': [models.Index(fields=['center', 'kind', 'active_from'], name='pattern_active')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='pattern_code'), models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gt', models.F('active_from')), _connector='OR'), name='pattern_order')],
            },
        ),
        migrations.CreateModel(
            name='PatternMember',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('member', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member')),
                ('pattern', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='duty.pattern')),
            ],
            options={
                'verbose_name': '轮值人员',
                'constraints': [models.UniqueConstraint(fields=('center', 'pattern', 'position'), name='pattern_member_position')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.shift_code, max_length=16, verbose_name='编号')),
                ('date', models.DateField(verbose_name='日期')),
                ('kind', models.CharField(choices=[('hall', '值日'), ('holiday', '节假日值班'), ('leader', '带班领导')], max_length=10, verbose_name='班种')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='开门')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='关门')),
                ('rounds', models.JSONField(blank=True, default=list, verbose_name='保洁检查时刻')),
                ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='移交')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='接班确认')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='取消')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('member', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='值班人')),
            ],
            options={
                'verbose_name': '班次',
                'indexes': [models.Index(fields=['center', 'member', 'date'], name='shift_member')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='shift_code'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('center', 'date', 'kind'), name='shift_date_kind')],
            },
        ),
        migrations.CreateModel(
            name='OpeningCheck',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.record_code, max_length=16, verbose_name='编号')),
                ('checked_at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='情况')),
                ('photo', models.CharField(blank=True, max_length=60, verbose_name='照片')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('checker', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='检查人')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='duty.shift', verbose_name='班次')),
            ],
            options={
                'verbose_name': '开门检查',
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='opening_check_code'), models.UniqueConstraint(fields=('center', 'shift'), name='opening_check_once')],
            },
        ),
        migrations.CreateModel(
            name='ClosingCheck',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.record_code, max_length=16, verbose_name='编号')),
                ('checked_at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='情况')),
                ('photo', models.CharField(blank=True, max_length=60, verbose_name='照片')),
                ('windows_shut', models.BooleanField(verbose_name='窗户已关')),
                ('power_off', models.BooleanField(verbose_name='电源已断')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('checker', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='检查人')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='duty.shift', verbose_name='班次')),
            ],
            options={
                'verbose_name': '关门检查',
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='closing_check_code'), models.UniqueConstraint(fields=('center', 'shift'), name='closing_check_once')],
            },
        ),
        migrations.CreateModel(
            name='CleaningRecord',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.record_code, max_length=16, verbose_name='编号')),
                ('checked_at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='情况')),
                ('photo', models.CharField(blank=True, max_length=60, verbose_name='照片')),
                ('spotless', models.BooleanField(verbose_name='洁净')),
                ('tidy', models.BooleanField(verbose_name='整齐')),
                ('spit_free', models.BooleanField(verbose_name='无痰迹')),
                ('clutter_free', models.BooleanField(verbose_name='无杂物堆放')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('checker', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='检查人')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='duty.shift', verbose_name='班次')),
            ],
            options={
                'verbose_name': '保洁检查',
                'indexes': [models.Index(fields=['center', 'checked_at'], name='cleaning_record_when'), models.Index(fields=['center', 'shift'], name='cleaning_record_shift')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='cleaning_record_code')],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.breach_code, max_length=16, verbose_name='编号')),
                ('key', models.CharField(max_length=60)),
                ('clause', models.CharField(max_length=8, verbose_name='条款')),
                ('date', models.DateField(verbose_name='日期')),
                ('happened_at', models.DateTimeField(verbose_name='时间')),
                ('text', models.CharField(max_length=200, verbose_name='情况')),
                ('state', models.CharField(choices=[('noted', '已记录'), ('disputed', '本人有说明,待核实'), ('upheld', '属实'), ('waived', '不予扣分'), ('withdrawn', '已撤销')], default='noted', max_length=10, verbose_name='状态')),
                ('reply', models.CharField(blank=True, max_length=300, verbose_name='本人说明')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='核实意见')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('decided_by', shouwen.core.tenancy.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='核实人')),
                ('member', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='责任人')),
                ('noted_by', shouwen.core.tenancy.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='记录人')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='duty.shift', verbose_name='班次')),
            ],
            options={
                'verbose_name': '值守问题',
                'indexes': [models.Index(fields=['center', 'date'], name='breach_date'), models.Index(fields=['center', 'state'], name='breach_state')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='breach_code'), models.UniqueConstraint(fields=('center', 'key'), name='breach_key'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('member')), _negated=True), _connector='OR'), name='breach_not_own')],
            },
        ),
        migrations.CreateModel(
            name='ShiftChange',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=60, verbose_name='原因')),
                ('changed_by', models.CharField(max_length=40, verbose_name='经手')),
                ('changed_at', models.DateTimeField()),
                ('after', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='现值班人')),
                ('before', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='原值班人')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='duty.shift', verbose_name='班次')),
            ],
            options={
                'verbose_name': '换班记录',
            },
        ),
        migrations.CreateModel(
            name='ShiftHandover',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.handover_code, max_length=16, verbose_name='编号')),
                ('open_matters', models.JSONField(blank=True, default=list, verbose_name='未结事项')),
                ('other_matters', models.CharField(blank=True, max_length=300, verbose_name='其他未结事项')),
                ('seals', models.CharField(max_length=100, verbose_name='印章')),
                ('keys', models.CharField(max_length=100, verbose_name='钥匙')),
                ('equipment', models.CharField(max_length=200, verbose_name='设备')),
                ('abnormal', models.CharField(blank=True, max_length=200, verbose_name='异常')),
                ('state', models.CharField(choices=[('given', '待接班人确认'), ('confirmed', '已确认'), ('returned', '已退回')], default='given', max_length=10, verbose_name='状态')),
                ('given_at', models.DateTimeField(verbose_name='移交时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('return_reason', models.CharField(blank=True, max_length=200, verbose_name='退回原因')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('giver', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='交班人')),
                ('receiver', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='接班人')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='duty.shift', verbose_name='班次')),
            ],
            options={
                'verbose_name': '值日交接',
                'indexes': [models.Index(fields=['center', 'receiver', 'state'], name='shift_handover_receiver')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='shift_handover_code'), models.UniqueConstraint(condition=models.Q(('state', 'returned'), _negated=True), fields=('center', 'shift'), name='shift_handover_one'), models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='shift_handover_other')],
            },
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.duty.models.swap_code, max_length=16, verbose_name='编号')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='说明')),
                ('state', models.CharField(choices=[('asked', '待答复'), ('accepted', '已同意'), ('declined', '已谢绝'), ('withdrawn', '已撤回')], default='asked', max_length=10, verbose_name='状态')),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('asked', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='对方')),
                ('asker', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='提出人')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('other', shouwen.core.tenancy.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='duty.shift', verbose_name='对方的班')),
                ('shift', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='swaps', to='duty.shift', verbose_name='我的班')),
            ],
            options={
                'verbose_name': '换班',
                'indexes': [models.Index(fields=['center', 'asked', 'state'], name='swap_asked')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='swap_code'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('center', 'shift'), name='swap_one_open'), models.CheckConstraint(condition=models.Q(('asker', models.F('asked')), _negated=True), name='swap_other_person')],
            },
        ),
    ]
