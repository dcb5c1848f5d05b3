"""Tests of what all things with a D-number share."""
