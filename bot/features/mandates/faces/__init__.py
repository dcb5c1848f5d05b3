"""How mandates look: their boards in words."""
