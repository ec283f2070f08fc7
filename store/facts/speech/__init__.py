"""Who says each sentence, and in what standing."""
