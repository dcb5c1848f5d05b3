"""What /help says of consent."""
