"""What an employer was called, and whom a union was there for: ties outlive both (promise 1)."""

import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models

# Whatever way a link is removed or a name changed, what was is written down: no service, command
# or statement forgets it.
REMEMBER = """
CREATE VIEW organisations_everemployer AS
    SELECT union_id, employer_id FROM organisations_union_employers
    UNION ALL SELECT union_id, employer_id FROM organisations_pastemployer;

CREATE FUNCTION organisations_employer_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organisations_pastemployer (union_id, employer_id, until)
    VALUES (OLD.union_id, OLD.employer_id, now())
    ON CONFLICT (union_id, employer_id) DO UPDATE SET until = EXCLUDED.until;
    RETURN OLD;
END $$;
CREATE TRIGGER organisations_employer_left AFTER DELETE ON organisations_union_employers
    FOR EACH ROW EXECUTE FUNCTION organisations_employer_left();

CREATE FUNCTION organisations_employer_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organisations_employername (employer_id, name, until)
    VALUES (OLD.id, OLD.name, now())
    ON CONFLICT (employer_id, name) DO UPDATE SET until = EXCLUDED.until;
    RETURN NEW;
END $$;
CREATE TRIGGER organisations_employer_renamed AFTER UPDATE OF name ON organisations_employer
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION organisations_employer_renamed();
"""
FORGET = """
DROP TRIGGER organisations_employer_renamed ON organisations_employer;
DROP FUNCTION organisations_employer_renamed();
DROP TRIGGER organisations_employer_left ON organisations_union_employers;
DROP FUNCTION organisations_employer_left();
DROP VIEW organisations_everemployer;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0004_employer_without_code'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmployerName',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PastEmployer',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='employer_not_its_own_heir'),
        ),
        migrations.AddField(
            model_name='employername',
            name='employer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='organisations.employer'),
        ),
        migrations.AddField(
            model_name='pastemployer',
            name='employer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.employer'),
        ),
        migrations.AddField(
            model_name='pastemployer',
            name='union',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AddIndex(
            model_name='employername',
            index=models.Index(fields=['name'], name='employer_by_former_name'),
        ),
        migrations.AddConstraint(
            model_name='employername',
            constraint=models.UniqueConstraint(fields=('employer', 'name'), name='employer_former_name_once'),
        ),
        migrations.AddConstraint(
            model_name='pastemployer',
            constraint=models.UniqueConstraint(fields=('union', 'employer'), name='past_employer_once'),
        ),
        migrations.RunSQL(REMEMBER, FORGET),
    ]
