"""Profiles: providers as data."""
