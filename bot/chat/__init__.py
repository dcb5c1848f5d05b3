"""The words that every platform shares; imports nothing of ours."""
