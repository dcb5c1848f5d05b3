"""Checking without the bot: standard library only, offline, importing nothing of ours."""
