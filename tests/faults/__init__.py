"""Each fault and each bad input of the list, and their neighbours."""
