"""Balance as rules."""
