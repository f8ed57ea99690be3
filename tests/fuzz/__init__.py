"""Readers of bytes against input that nobody would write."""
