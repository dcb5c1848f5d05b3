"""Polls: several options, honest methods, three visibilities."""
