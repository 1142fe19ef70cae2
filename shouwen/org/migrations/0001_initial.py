import django.db.models.deletion
import shouwen.core.tenancy
import shouwen.org.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Center',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.org.models.center_code, max_length=16, unique=True, verbose_name='公开编号')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('short_name', models.CharField(help_text='用于文号与抬头,如“青山镇”', max_length=20, verbose_name='简称')),
                ('kind', models.CharField(choices=[('village', '村级便民服务站'), ('township', '乡镇（街道）便民服务中心'), ('county', '县级政务服务中心'), ('city', '市级政务服务中心')], default='township', max_length=10, verbose_name='类型')),
                ('office_name', models.CharField(default='党政办公室', max_length=40, verbose_name='考核执行机构')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                ('pinyin', models.CharField(blank=True, help_text='如 qingshan;只用来拒绝过于好猜的密码', max_length=40, verbose_name='地名拼音')),
                ('report_phone', models.CharField(help_text='须向社会公布,见于大厅屏、公示页和每份文书', max_length=30, verbose_name='举报电话')),
                ('objection_contact', models.CharField(blank=True, max_length=30, verbose_name='异议受理人')),
                ('objection_phone', models.CharField(blank=True, max_length=30, verbose_name='异议受理电话')),
                ('created_at', models.DateTimeField()),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='上级中心')),
            ],
            options={
                'verbose_name': '中心',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='账号')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('must_change', models.BooleanField(default=True, verbose_name='须修改密码')),
                ('password_at', models.DateTimeField(null=True, verbose_name='密码设定时间')),
                ('secret_until', models.DateTimeField(null=True, verbose_name='一次性口令有效期')),
                ('sessions_from', models.DateTimeField(null=True, verbose_name='在此之前的登录已失效')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
            ],
            options={
                'verbose_name': '账号',
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('active_from', models.DateField(verbose_name='起')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('code', models.CharField(default=shouwen.org.models.department_code, max_length=16)),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('short_name', models.CharField(max_length=12, verbose_name='简称')),
                ('is_vertical', models.BooleanField(default=False, verbose_name='条管单位')),
                ('superior_name', models.CharField(blank=True, help_text='条管单位填写,用于建议调离函', max_length=60, verbose_name='上级主管部门')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
            ],
            options={
                'verbose_name': '部门',
                'indexes': [models.Index(fields=['center', 'active_from'], name='department_active')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='department_code')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('active_from', models.DateField(verbose_name='起')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('code', models.CharField(default=shouwen.org.models.counter_code, max_length=16)),
                ('number', models.PositiveSmallIntegerField(verbose_name='窗口号')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('department', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.department', verbose_name='部门')),
            ],
            options={
                'verbose_name': '窗口',
                'indexes': [models.Index(fields=['center', 'number'], name='counter_number')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='counter_code')],
            },
        ),
        migrations.CreateModel(
            name='LoginAttempt',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('account', models.CharField(blank=True, max_length=24)),
                ('network', models.CharField(max_length=24)),
                ('recent', models.JSONField(default=list, help_text='最近失败的时刻(1970年起的秒数),旧的在前')),
                ('last_at', models.DateTimeField()),
                ('locked_until', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '登录失败',
                'indexes': [models.Index(fields=['last_at'], name='login_attempt_last')],
                'constraints': [models.UniqueConstraint(fields=('account', 'network'), name='login_attempt_who')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(default=shouwen.org.models.member_code, max_length=16)),
                ('name', models.CharField(max_length=30, verbose_name='姓名')),
                ('staff_no', models.CharField(blank=True, max_length=24, verbose_name='工号（打卡编号）')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='手机')),
                ('joined_date', models.DateField(verbose_name='到中心日期')),
                ('left_date', models.DateField(blank=True, help_text='不再属于本中心的第一天', null=True, verbose_name='离开日期')),
                ('last_login_at', models.DateTimeField(blank=True, null=True)),
                ('feed_secret', models.CharField(blank=True, help_text='日历订阅地址的口令', max_length=43)),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.user', verbose_name='账号')),
            ],
            options={
                'verbose_name': '人员',
                'indexes': [models.Index(fields=['center', 'name'], name='member_name')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='member_code'), models.UniqueConstraint(fields=('center', 'user'), name='member_user'), models.UniqueConstraint(condition=models.Q(('staff_no', ''), _negated=True), fields=('center', 'staff_no'), name='member_staff_no')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('active_from', models.DateField(verbose_name='起')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('post', models.CharField(default='窗口工作人员', max_length=40, verbose_name='岗位')),
                ('is_assessed', models.BooleanField(default=True, verbose_name='参加量化考核')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('counter', shouwen.core.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.counter', verbose_name='窗口')),
                ('department', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='org.department', verbose_name='部门')),
                ('member', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='org.member', verbose_name='人员')),
            ],
            options={
                'verbose_name': '在岗',
                'indexes': [models.Index(fields=['center', 'member', 'active_from'], name='membership_member'), models.Index(fields=['center', 'active_from'], name='membership_active')],
                'constraints': [models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gt', models.F('active_from')), _connector='OR'), name='membership_order')],
            },
        ),
        migrations.CreateModel(
            name='PasswordHistory',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('password', models.CharField(max_length=128)),
                ('set_at', models.DateTimeField()),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.user')),
            ],
            options={
                'verbose_name': '用过的密码',
                'indexes': [models.Index(fields=['user', 'set_at'], name='password_history_user')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('active_from', models.DateField(verbose_name='起')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('role', models.CharField(choices=[('leader', '中心负责人'), ('director', '分管领导（主任）'), ('assessor', '考核员（党政办）'), ('supervisor', '监督员'), ('clerk', '窗口人员'), ('section', '业务科'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20, verbose_name='角色')),
                ('granted_by', models.CharField(max_length=40, verbose_name='授予人')),
                ('granted_at', models.DateTimeField()),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('member', shouwen.core.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to='org.member', verbose_name='人员')),
            ],
            options={
                'verbose_name': '角色',
                'indexes': [models.Index(fields=['center', 'member', 'role'], name='role_grant_member')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('active_to__isnull', True), ('role__in', ['system_admin', 'security_admin', 'audit_admin', 'assessor'])), fields=('center', 'member'), name='role_grant_exclusive'), models.UniqueConstraint(condition=models.Q(('active_to__isnull', True)), fields=('center', 'member', 'role'), name='role_grant_once'), models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='role_grant_order')],
            },
        ),
        migrations.CreateModel(
            name='SetupCode',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(choices=[('village', '村级便民服务站'), ('township', '乡镇（街道）便民服务中心'), ('county', '县级政务服务中心'), ('city', '市级政务服务中心')], default='township', max_length=10)),
                ('made_by', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='上级中心')),
            ],
            options={
                'verbose_name': '开通码',
            },
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='起')),
                ('ends_at', models.DateTimeField(verbose_name='止')),
                ('source', models.CharField(help_text='如 attendance.leave:QJ-…', max_length=60, verbose_name='来源')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='提前结束')),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
                ('cover', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='代班人员')),
                ('member', shouwen.core.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.member', verbose_name='离岗人员')),
            ],
            options={
                'verbose_name': '代班',
                'indexes': [models.Index(fields=['center', 'starts_at'], name='substitution_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='substitution_order'), models.CheckConstraint(condition=models.Q(('member', models.F('cover')), _negated=True), name='substitution_other')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=shouwen.core.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('active_from', models.DateField(verbose_name='起')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('code', models.CharField(default=shouwen.org.models.decision_code, max_length=16)),
                ('kind', models.CharField(choices=[('point_value', '每分分值（元）'), ('objection_days', '异议期限（工作日）'), ('readings', '确认制度读法'), ('misconduct', '考核弄虚作假认定'), ('year', '年度考核处理'), ('other', '其他')], max_length=20, verbose_name='事项')),
                ('decided_date', models.DateField(verbose_name='会议日期')),
                ('decided_by', models.CharField(max_length=200, verbose_name='会议与参加人')),
                ('text', models.TextField(verbose_name='决定内容')),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='数值')),
                ('recorded_by', models.CharField(max_length=40, verbose_name='记录人')),
                ('recorded_at', models.DateTimeField()),
                ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.center', verbose_name='中心')),
            ],
            options={
                'verbose_name': '班子会决定',
                'indexes': [models.Index(fields=['center', 'kind', 'active_from'], name='decision_kind')],
                'constraints': [models.UniqueConstraint(fields=('center', 'code'), name='decision_code')],
            },
        ),
    ]
