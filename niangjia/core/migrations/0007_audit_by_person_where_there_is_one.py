from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_audit_batches'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='auditentry',
            name='audit_by_person',
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('person_id__isnull', False)), fields=['person_id', '-at'], name='audit_by_person'),
        ),
    ]
