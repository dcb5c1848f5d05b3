"""What an operator meets: upgrades, backups, the doctor, exit codes."""
