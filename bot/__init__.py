"""Folkmoot: tools of self-management inside a group's own chat."""

__version__ = "0.1.0"
