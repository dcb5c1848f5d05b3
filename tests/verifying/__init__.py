"""Checking without the bot."""
