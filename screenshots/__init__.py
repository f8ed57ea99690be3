"""The pictures that the README shows, and the program that takes them."""
