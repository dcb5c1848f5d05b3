"""Balanced draws as arithmetic, and as files."""
