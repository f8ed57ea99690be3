"""Panels as text. Pure: draw(snapshot, width, height, look) -> lines of (text, ink) runs. Imports tracker.race only."""
