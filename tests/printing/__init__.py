"""Printing, and the process that does it."""
