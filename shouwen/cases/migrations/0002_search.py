"""The full-text index by which cases are found by name: FTS5 on SQLite, GIN over the column on PostgreSQL (house.md T20)."""

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE cases_search USING fts5(code UNINDEXED, words, detail='none')"
POSTGRESQL = "CREATE INDEX cases_search ON cases_case USING gin (to_tsvector('simple'::regconfig, COALESCE(search_words, '')))"


def make(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    schema_editor.execute(f"DROP {kind} cases_search")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
