"""What roles say no with."""
