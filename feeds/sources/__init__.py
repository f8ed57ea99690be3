"""One file a transport; each turns its bytes into deliveries."""
