"""Figures, printed: never a verdict of a test."""
