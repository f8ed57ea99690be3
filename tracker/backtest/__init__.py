"""Scoring the projection on races whose finishes are known."""
