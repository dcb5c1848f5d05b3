"""The calendar as a file."""
