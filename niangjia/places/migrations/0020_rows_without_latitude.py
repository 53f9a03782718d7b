from django.db import migrations


class Migration(migrations.Migration):
    """Rows are compared with each other in squares, a thousand at a time: nobody asks by latitude
    any more, and each row was written into this index twice."""

    dependencies = [("places", "0019_terms_of_problems")]

    operations = [migrations.RemoveIndex("listrow", "list_row_by_latitude")]
