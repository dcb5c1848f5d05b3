"""Tables on both databases."""
