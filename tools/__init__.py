"""What `make` runs around the product: set up, build the page, start the demo, generate types."""
