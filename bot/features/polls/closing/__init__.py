"""The end of a poll: counted, ties drawn, told and entered."""
