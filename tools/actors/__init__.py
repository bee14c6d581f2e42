"""Making of the actor tables from gazetteers and hand tables (docs/data/actors.md)."""
