"""Performance beside named peers, in one run. Ratios matter more than seconds: `make bench`."""
