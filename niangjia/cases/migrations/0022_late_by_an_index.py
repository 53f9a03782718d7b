from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0021_only_new_marks'),
        ('members', '0009_workplace'),
        ('organisations', '0005_past_employers'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('raised_to__isnull', False), ('state__in', ['open', 'paused'])), fields=['next_due_at', 'id'], name='case_queue_late'),
        ),
    ]
