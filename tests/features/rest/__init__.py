"""How long a rest is."""
