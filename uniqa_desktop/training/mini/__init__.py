"""The recipe of the bundled model `uniqa-mini`: see `recipe`, which puts the others together."""
