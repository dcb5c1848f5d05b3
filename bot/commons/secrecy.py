"""How few are too few to keep a secret. Pure."""

LEAST_ELECTORS, LEAST_BALLOTS = 5, 3  # of a secret poll: with fewer, anyone could guess
