"""What is held: facts (pure), database (SQL), lookup (question to facts), intake (files and network)."""
