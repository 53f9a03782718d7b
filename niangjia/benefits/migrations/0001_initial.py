import django.db.models.deletion
import django.db.models.expressions
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('allocation', '0007_gates'),
        ('organisations', '0005_past_employers'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('kind', models.CharField(choices=[('coupon', 'Coupon'), ('meal_aid', 'Meal aid'), ('summer_drinks', 'Summer drinks'), ('gift', 'Gift'), ('mutual_aid', 'Mutual-aid card')], max_length=16)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Called off')], default='draft', max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('words', models.TextField(help_text='what it is for and how it is used', max_length=2000)),
                ('supply', models.PositiveIntegerField()),
                ('face_fen', models.PositiveIntegerField(help_text='what one coupon is worth')),
                ('min_bill_fen', models.PositiveIntegerField(default=0, help_text='the bill it takes at least (满减); 0: any')),
                ('is_partial', models.BooleanField(default=False, help_text='can be used in several parts, until nothing is left')),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('valid_days', models.PositiveSmallIntegerField(help_text='so many days after it was given, if that is earlier', null=True)),
                ('draft', models.JSONField(default=dict, help_text='the pool to be')),
                ('published_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(help_text='when what was not used went back to the budget', null=True)),
                ('pool', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefit', to='allocation.pool')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='benefits.benefit')),
            ],
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('amount', models.PositiveBigIntegerField(help_text='fen')),
                ('committed', models.PositiveBigIntegerField(default=0, help_text='fen')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.AddField(
            model_name='benefit',
            name='budget',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='benefits.budget'),
        ),
        migrations.CreateModel(
            name='BudgetEntry',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('cause', models.CharField(db_collation='C', help_text='"benefit:<number>"', max_length=80)),
                ('amount_change', models.BigIntegerField(default=0, help_text='fen')),
                ('committed_change', models.BigIntegerField(default=0, help_text='fen')),
                ('account_id', models.UUIDField(help_text='who did it; without: the system', null=True)),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='benefits.budget')),
            ],
        ),
        migrations.CreateModel(
            name='Cashier',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('since_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('is_manager', models.BooleanField(default=False, help_text='names cashiers, confirms statements, takes back what was taken')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tills', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Coupon',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('face_fen', models.PositiveIntegerField()),
                ('left_fen', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'Can be used'), ('used', 'Used up'), ('returned', 'Given back'), ('blocked', 'Blocked')], default='open', max_length=10)),
                ('given_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='coupons', to=settings.AUTH_USER_MODEL)),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coupons', to='benefits.benefit')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='coupon', to='allocation.claim')),
            ],
        ),
        migrations.CreateModel(
            name='Merchant',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('uscc', models.CharField(db_collation='C', help_text='as on the business licence', max_length=18)),
                ('trade', models.CharField(blank=True, help_text='what it sells, in words', max_length=60)),
                ('state', models.CharField(choices=[('active', 'Takes coupons'), ('suspended', 'Suspended'), ('ended', 'Contract ended')], default='active', max_length=10)),
                ('since_date', models.DateField()),
                ('reason', models.CharField(blank=True, help_text='of the state it is in', max_length=300)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.AddField(
            model_name='benefit',
            name='merchants',
            field=models.ManyToManyField(help_text='who takes it', related_name='benefits', through='benefits.Acceptance', to='benefits.merchant'),
        ),
        migrations.AddField(
            model_name='acceptance',
            name='merchant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='benefits.merchant'),
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('amount_fen', models.PositiveIntegerField()),
                ('bill_fen', models.PositiveIntegerField(help_text='what the purchase came to')),
                ('at', models.DateTimeField()),
                ('step', models.BigIntegerField(help_text='which half minute the code was of that was shown')),
                ('key', models.CharField(db_collation='C', help_text='the same sent again is the same redemption', max_length=200)),
                ('cashier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.cashier')),
                ('coupon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='benefits.coupon')),
            ],
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('amount_fen', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('key', models.CharField(db_collation='C', max_length=200)),
                ('cashier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.cashier')),
                ('redemption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='benefits.redemption')),
            ],
        ),
        migrations.CreateModel(
            name='Shop',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(max_length=200)),
                ('longitude', models.FloatField(blank=True, help_text='degrees, WGS-84', null=True)),
                ('latitude', models.FloatField(blank=True, help_text='degrees, WGS-84', null=True)),
                ('opening_hours', models.CharField(blank=True, help_text="in OpenStreetMap's opening_hours syntax", max_length=200)),
                ('closed_at', models.DateTimeField(help_text='since then it takes none any more', null=True)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.division')),
                ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shops', to='benefits.merchant')),
            ],
        ),
        migrations.CreateModel(
            name='RedemptionSignal',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('many_holders', 'Very many holders in one hour'), ('same_amount', 'Nothing but full amounts, one after the other'), ('far_apart', 'One holder in two places at once')], max_length=16)),
                ('hour_at', models.DateTimeField(help_text='the beginning of the hour')),
                ('count', models.PositiveIntegerField(help_text='how many redemptions it is about')),
                ('found_at', models.DateTimeField()),
                ('judgement', models.CharField(blank=True, choices=[('harmless', 'Nothing wrong'), ('abuse', 'Abuse')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('judged_at', models.DateTimeField(null=True)),
                ('judged_by_id', models.UUIDField(null=True)),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signals', to='benefits.shop')),
            ],
        ),
        migrations.AddField(
            model_name='redemption',
            name='shop',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.shop'),
        ),
        migrations.AddField(
            model_name='cashier',
            name='shop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cashiers', to='benefits.shop'),
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('month', models.DateField(help_text='its first day')),
                ('state', models.CharField(choices=[('drawn_up', 'Drawn up'), ('confirmed', 'Confirmed by the merchant'), ('disputed', 'Disputed by the merchant'), ('paid', 'Paid out')], default='drawn_up', max_length=10)),
                ('redeemed_fen', models.PositiveBigIntegerField()),
                ('refunded_fen', models.PositiveBigIntegerField()),
                ('total_fen', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('redeemed_fen'), '-', models.F('refunded_fen')), output_field=models.BigIntegerField())),
                ('drawn_up_at', models.DateTimeField()),
                ('drawn_up_by_id', models.UUIDField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by_id', models.UUIDField(null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('paid_by_id', models.UUIDField(null=True)),
                ('payment', models.CharField(blank=True, help_text="the bank's reference", max_length=60)),
                ('words', models.CharField(blank=True, help_text='what the merchant disputes', max_length=500)),
                ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='benefits.merchant')),
                ('union', models.ForeignKey(help_text='who pays', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('amount_fen', models.BigIntegerField(help_text='a refund counts against it')),
                ('redemption', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='line', to='benefits.redemption')),
                ('refund', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='line', to='benefits.refund')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='benefits.statement')),
            ],
        ),
        migrations.CreateModel(
            name='TillInvitation',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('is_manager', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('cashier', models.OneToOneField(help_text='who took it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='benefits.cashier')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.shop')),
            ],
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.UniqueConstraint(fields=('union', 'year', 'name'), name='budget_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(('committed__lte', models.F('amount'))), name='budget_never_overspent'),
        ),
        migrations.AddConstraint(
            model_name='budgetentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_change', 0), ('committed_change', 0), _negated=True), name='budget_entry_changes_something'),
        ),
        migrations.AddIndex(
            model_name='coupon',
            index=models.Index(fields=['account', '-id'], name='coupon_by_account'),
        ),
        migrations.AddIndex(
            model_name='coupon',
            index=models.Index(condition=models.Q(('reminded_at__isnull', True), ('state', 'open')), fields=['expires_at'], name='coupon_to_remind'),
        ),
        migrations.AddConstraint(
            model_name='coupon',
            constraint=models.CheckConstraint(condition=models.Q(('left_fen__lte', models.F('face_fen'))), name='coupon_left_within_face'),
        ),
        migrations.AddConstraint(
            model_name='merchant',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('union', 'uscc'), name='merchant_contracted_once'),
        ),
        migrations.AddIndex(
            model_name='benefit',
            index=models.Index(condition=models.Q(('settled_at__isnull', True), ('state', 'published')), fields=['valid_until'], name='benefit_to_settle'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('face_fen__gte', 1), ('supply__gte', 1)), name='benefit_worth_something'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_until'))), name='benefit_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pool__isnull', True), ('state', 'draft')), models.Q(('pool__isnull', False), ('state', 'published')), ('state', 'cancelled'), _connector='OR'), name='benefit_published_has_pool'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(fields=('benefit', 'merchant'), name='acceptance_once'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(fields=('cashier', 'key'), name='refund_once_a_key'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', 1)), name='refund_of_something'),
        ),
        migrations.AddConstraint(
            model_name='shop',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('merchant', 'name'), name='shop_name_once_at_its_merchant'),
        ),
        migrations.AddConstraint(
            model_name='shop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='shop_point_whole'),
        ),
        migrations.AddConstraint(
            model_name='redemptionsignal',
            constraint=models.UniqueConstraint(fields=('shop', 'kind', 'hour_at'), name='redemption_signal_once'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['shop', '-at'], name='redemption_by_shop'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.UniqueConstraint(fields=('cashier', 'key'), name='redemption_once_a_key'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.UniqueConstraint(fields=('coupon', 'step'), name='redemption_once_a_code'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', 1), ('bill_fen__gte', models.F('amount_fen'))), name='redemption_within_bill'),
        ),
        migrations.AddConstraint(
            model_name='cashier',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('shop', 'account'), name='cashier_once_at_a_shop'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('union', 'merchant', 'month'), name='statement_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), models.Q(('confirmed_at__isnull', False), ('paid_at__isnull', False)), _connector='OR'), name='statement_paid_after_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('redemption__isnull', False), ('refund__isnull', True)), models.Q(('amount_fen__lt', 0), ('redemption__isnull', True), ('refund__isnull', False)), _connector='OR'), name='statement_line_of_one_thing'),
        ),
    ]
