from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0002_activity_serial'),
        ('organisations', '0005_past_employers'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='activity',
            name='activity_published_is_whole',
        ),
        migrations.AlterField(
            model_name='telling',
            name='news',
            field=models.CharField(choices=[('moved', 'Moved'), ('reminder', 'Reminder'), ('added', 'Message'), ('drawn', 'On the waiting list after the draw')], max_length=8),
        ),
        # Drafts that were thrown away said that they had been published, and were shown to everybody.
        migrations.RunSQL(
            """
            UPDATE activities_activity AS activity SET published_at = NULL
            WHERE state = 'cancelled' AND NOT EXISTS (
                SELECT FROM activities_run WHERE activity_id = activity.id AND pool_id IS NOT NULL
            )
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), models.Q(('state', 'published'), _negated=True)), models.Q(('closes_at__isnull', False), ('ends_at__isnull', False), ('opens_at__isnull', False), ('published_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='activity_published_is_whole'),
        ),
    ]
