"""What is made of a feed. Pure: no clock, no I/O, no await; time is an argument."""
