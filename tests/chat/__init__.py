"""The words between core and platforms."""
