"""Published measures that need no training, written anew for the comparison with a model."""
