"""The platforms, each against a server that keeps its rules."""
