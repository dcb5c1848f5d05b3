"""Roles as values."""
