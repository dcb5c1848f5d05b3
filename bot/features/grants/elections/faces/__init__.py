"""The messages of an election as they stand in the rooms."""
