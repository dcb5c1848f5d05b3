"""What elections refuse."""
