"""The rehearsal room, from a pipe and at the keyboard."""
