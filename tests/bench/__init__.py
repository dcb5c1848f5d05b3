"""Figures, printed: never a verdict of a test."""

import os

os.umask(0o077)  # a configuration with a token in it that others may read is refused
