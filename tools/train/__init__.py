"""Training of the language models: treebanks in, one spaCy pipeline a language out (docs/models.md)."""
