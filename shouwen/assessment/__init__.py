"""Collects facts, keeps the ledger, closes months and years, posts, hears objections."""
