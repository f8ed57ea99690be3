"""A feed that does everything a network can do, and what must hold nevertheless."""
