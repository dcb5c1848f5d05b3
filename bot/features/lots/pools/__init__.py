"""For how many seats is drawn, who is in the hat, and who is left out of it for what reason."""
