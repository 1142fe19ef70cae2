"""The large data set: a county's hall with 200,000 cases on SQLite and a city's with 1,000,000 on PostgreSQL. `make bench-large`."""
