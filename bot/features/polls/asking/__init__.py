"""Polls are asked, added to, given more time, and asked again."""
