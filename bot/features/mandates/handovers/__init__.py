"""Handovers: how they look, and who may do what with them."""
