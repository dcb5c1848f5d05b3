"""Getting messages out: promised with the change, sent afterwards."""
