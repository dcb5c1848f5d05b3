"""The open archive, piece by piece."""
