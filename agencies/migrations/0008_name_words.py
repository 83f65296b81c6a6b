"""Users who were there before get the words of their names, by which a referral about them is found."""

from django.db import migrations


def fill(apps, schema_editor):
    """Saving takes the words from the name."""
    for user in apps.get_model("agencies", "User").objects.using(schema_editor.connection.alias).iterator():
        user.save(update_fields=["name_words"])


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_restrictions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
