"""The messages of a proposal's life, drawn from what is true now."""
