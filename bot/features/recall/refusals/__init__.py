"""What is said when a recall is refused."""
