"""Minutes: of one meeting, or of any stretch of time, read from the register."""
