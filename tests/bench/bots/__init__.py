"""Bare bots to compare with: each counts presses in memory, answers them, and edits the board once a second at most."""
