"""Draws by the beacon: a public source of chance that nobody can sway, named before it speaks."""
