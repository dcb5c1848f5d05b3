"""Roles to start from. Invisible work counts: care, notes and mediation are roles like any other."""
