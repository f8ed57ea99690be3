"""The finish: for now the plain figures, each named for what it is."""
