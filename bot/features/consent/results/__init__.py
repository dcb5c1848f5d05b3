"""What a round came to, and the review of a decision."""
