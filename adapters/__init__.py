"""Platforms, one folder each: they translate, they never decide."""
