"""Counting ballots."""
