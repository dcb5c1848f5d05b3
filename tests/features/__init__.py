"""What a group can do."""
