"""Tests of consent rounds."""
