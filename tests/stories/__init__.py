"""Whole conversations, read off a chat."""
