"""How the weights and the list of kindred words are made: run by a developer, never by the bot."""
