"""Mandates by name, and elections."""
