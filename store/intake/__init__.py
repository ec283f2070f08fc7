"""How stories come in: files, folders and JSON lines, read and checked at the border."""
