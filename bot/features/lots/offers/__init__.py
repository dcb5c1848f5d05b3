"""Seats that are offered: taken, passed on, or left empty."""
