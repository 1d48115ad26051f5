"""One module per job that joins rooms: ingest, geocode, list, export, report."""
