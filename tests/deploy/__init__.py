"""The container image's neighbours: compose file and reverse proxy."""
