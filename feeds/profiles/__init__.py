"""Profiles: how a provider is asked and read, told by a TOML file instead of code."""
