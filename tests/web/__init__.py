"""The program on a page."""
