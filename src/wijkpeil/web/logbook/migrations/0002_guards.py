"""Lines are guarded by the database itself."""

from django.db import migrations

from wijkpeil.web.logbook.guards import put_up, take_down


class Migration(migrations.Migration):
    """Put up the triggers."""

    dependencies = [("logbook", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
