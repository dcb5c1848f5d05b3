"""Meetings by themselves."""
