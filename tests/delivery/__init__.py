"""Getting messages out: lanes, boards, pieces, pauses."""
