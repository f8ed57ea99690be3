"""paceline: a live race tracker for the terminal."""
