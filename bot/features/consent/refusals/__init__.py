"""What consent says no to."""
