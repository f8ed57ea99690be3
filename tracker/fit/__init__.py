"""Fitting the projection's parameters on split tables. Needs numpy alone; the program reads only what is written."""
