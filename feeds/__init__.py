"""The wire: what may be said about a race, and where it is heard. Rule: nothing here imports `tracker`."""
