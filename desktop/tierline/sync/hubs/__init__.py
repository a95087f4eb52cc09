"""The keepers of the log: memory, a SQLite file on one machine, PostgreSQL for everybody."""
