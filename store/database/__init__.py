"""The SQLite file: schema and migrations, stories, inbox, outbox, people."""
