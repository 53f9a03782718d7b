import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Employer',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('uscc', models.CharField(db_collation='C', max_length=18, null=True, unique=True)),
                ('trade', models.CharField(blank=True, help_text='what it does, in words', max_length=60)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('origin', models.CharField(choices=[('register', 'Registered here'), ('seed', 'Seed data generated from the division table'), ('demo', 'Made up for the demonstration')], default='register', max_length=10)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.division')),
            ],
        ),
        migrations.CreateModel(
            name='Union',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_collation='C', max_length=14, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('federation', 'Federation of trade unions'), ('industrial', 'Industrial union'), ('grassroots', 'Grassroots union'), ('joint', 'Joint grassroots union'), ('group', 'Union group')], max_length=12)),
                ('status', models.CharField(choices=[('preparing', 'Being founded'), ('active', 'Active'), ('dissolved', 'Dissolved')], default='active', max_length=10)),
                ('origin', models.CharField(choices=[('register', 'Registered here'), ('seed', 'Seed data generated from the division table'), ('demo', 'Made up for the demonstration')], default='register', max_length=10)),
                ('path', models.CharField(db_collation='C', max_length=160, unique=True)),
                ('depth', models.PositiveSmallIntegerField()),
                ('industry_path', models.CharField(blank=True, db_collation='C', max_length=160, null=True, unique=True)),
                ('trade', models.CharField(blank=True, max_length=60)),
                ('uscc', models.CharField(blank=True, db_collation='C', max_length=18, null=True, unique=True)),
                ('founded_date', models.DateField(blank=True, null=True)),
                ('dissolved_date', models.DateField(blank=True, null=True)),
                ('committee_term_years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(5)])),
                ('committee_elected_date', models.DateField(blank=True, null=True)),
                ('committee_ends_date', models.DateField(blank=True, null=True)),
                ('introduction', models.TextField(blank=True, max_length=2000)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, help_text="the office's, public", max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('opening_hours', models.CharField(blank=True, help_text="in OpenStreetMap's opening_hours syntax", max_length=200)),
                ('longitude', models.FloatField(blank=True, help_text='degrees, WGS-84', null=True)),
                ('latitude', models.FloatField(blank=True, help_text='degrees, WGS-84', null=True)),
                ('admits_directly', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('courier', 'Couriers and food delivery riders'), ('driver', 'Ride-hailing and truck drivers'), ('live_commerce', 'Live commerce hosts and online sellers'), ('domestic', 'Domestic and care workers'), ('casual', 'Casual and self-employed workers'), ('employee', 'Employees whose employer has no union')], max_length=16), blank=True, default=list, size=None)),
                ('answer_working_days', models.PositiveSmallIntegerField(default=3, help_text='the promised term for deciding an application, in working days', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(15)])),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unions', to='regions.division')),
                ('employers', models.ManyToManyField(blank=True, related_name='unions', to='organisations.employer')),
                ('industry_parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='industry_children', to='organisations.union')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='FigureChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(db_collation='C', max_length=40)),
                ('change', models.BigIntegerField()),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tree', models.CharField(choices=[('territory', 'Territorial tree'), ('industry', 'Industrial tree')], db_collation='C', max_length=10)),
                ('metric', models.CharField(db_collation='C', max_length=40)),
                ('value', models.BigIntegerField(default=0)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='UnionSearch',
            fields=[
                ('union', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='organisations.union')),
                ('rank', models.BigIntegerField(help_text='the order among equal matches; stratum first')),
                ('tokens', django.contrib.postgres.search.SearchVectorField()),
                ('place', models.CharField(help_text='the divisions above it, in words', max_length=200)),
                ('longitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('latitude', models.FloatField(help_text='degrees, WGS-84', null=True)),
                ('is_approximate', models.BooleanField(help_text="the point is the division's, not its own")),
                ('easting', models.FloatField(null=True)),
                ('northing', models.FloatField(null=True)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['tokens'], name='union_search_tokens'), django.contrib.postgres.indexes.GistIndex(models.Func(models.F('easting'), models.F('northing'), function='point'), name='union_search_point')],
            },
        ),
        migrations.AddConstraint(
            model_name='union',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dissolved_date__isnull', False), ('status', 'dissolved')), models.Q(models.Q(('status', 'dissolved'), _negated=True), ('dissolved_date__isnull', True)), _connector='OR'), name='union_dissolved_has_date'),
        ),
        migrations.AddConstraint(
            model_name='union',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'dissolved'), _negated=True), fields=('parent', 'name'), name='union_name_once_under_its_parent', violation_error_code='name'),
        ),
        migrations.AddConstraint(
            model_name='union',
            constraint=models.UniqueConstraint(condition=models.Q(('depth', 0)), fields=('depth',), name='union_one_root', violation_error_code='parent'),
        ),
        migrations.AddConstraint(
            model_name='union',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent__isnull', True)), models.Q(('depth__gt', 0), ('parent__isnull', False)), _connector='OR'), name='union_root_has_no_parent', violation_error_code='parent'),
        ),
        migrations.AddConstraint(
            model_name='union',
            constraint=models.CheckConstraint(condition=models.Q(('industry_parent__isnull', True), ('industry_path__isnull', False), _connector='OR'), name='union_industry_path_with_parent', violation_error_code='industry_parent'),
        ),
        migrations.AddConstraint(
            model_name='union',
            constraint=models.CheckConstraint(condition=models.Q(('committee_ends_date__isnull', True), ('committee_elected_date__isnull', True), ('committee_ends_date__gt', models.F('committee_elected_date')), _connector='OR'), name='union_committee_ends_after_election', violation_error_code='committee_ends_date'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.UniqueConstraint(fields=('union', 'tree', 'metric'), name='figure_once'),
        ),
    ]
