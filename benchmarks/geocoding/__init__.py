"""What the geocoder gets right, and how fast it is."""
