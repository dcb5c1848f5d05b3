"""Ballots: given, changed, refused."""
