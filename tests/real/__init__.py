"""Recordings of real providers, which are not in the repository: `make real DATA=folder`."""
