"""What talks with people: Telegram, the console and the command line."""
