"""Nouns that two features share."""
