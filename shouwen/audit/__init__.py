"""One append-only, hash-chained table a centre; knows no other app."""
