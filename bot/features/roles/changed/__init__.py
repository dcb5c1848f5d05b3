"""What is said of changes of roles."""
