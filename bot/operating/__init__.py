"""For whoever operates the bot: metrics and health, a service unit and a container file."""
