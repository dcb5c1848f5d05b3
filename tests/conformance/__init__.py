"""One story and one contract, on every platform and both databases."""
