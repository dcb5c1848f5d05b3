"""The bulletin, piece by piece."""
