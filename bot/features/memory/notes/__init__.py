"""Notes: what was decided by voice or in a meeting, entered at once, and open to objections for a day."""
