"""Django's SQLite, with turns: who waits to write is served in the order of coming."""
