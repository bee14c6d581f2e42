"""What a user sees: the command line, tables and texts."""
