"""Showing how anyone can check a draw."""
