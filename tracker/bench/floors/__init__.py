"""Programs that do the least of what a figure is about: what the libraries cost by themselves."""
