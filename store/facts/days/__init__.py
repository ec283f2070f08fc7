"""Days and times, resolved against the story's own."""
