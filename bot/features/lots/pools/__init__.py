"""Who is in the hat of a draw, and who is left out of it for what reason."""
