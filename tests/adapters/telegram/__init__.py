"""The Telegram adapter, alone against the Bot API test server."""
