"""Draws that are balanced by labels: quotas, and the same chance for everybody."""
