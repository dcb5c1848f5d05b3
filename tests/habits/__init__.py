"""Habits of the house that no single test would notice."""
