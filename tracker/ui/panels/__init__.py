"""Panels as widgets: runs become strips, and only the cells that changed are painted."""
