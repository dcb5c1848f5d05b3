"""The digest by itself."""
