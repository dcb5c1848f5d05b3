"""Lots that anyone can check."""
