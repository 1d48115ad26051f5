-- Imports of tables and the snapshots that they make: logs that only grow. The rows stand in Parquet parts beside the case file.
CREATE TABLE table_imports (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL CHECK (trim(source) <> ''),
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    schema_version INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> ''),
    licence TEXT NOT NULL,
    warn_export INTEGER NOT NULL CHECK (warn_export IN (0, 1)),
    partial INTEGER NOT NULL CHECK (partial IN (0, 1)),
    rows INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    warned INTEGER NOT NULL CHECK (warned <= accepted),
    refused INTEGER NOT NULL CHECK (rows = accepted + refused),
    refused_file TEXT,
    new INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    fields TEXT NOT NULL,  -- JSON list of [field, rows in which it changed]
    based_on INTEGER REFERENCES table_imports (number),
    places TEXT NOT NULL  -- path of the places known after it, in the folder of the tables
) STRICT;

-- The parts that hold the rows of a source after an import; those in which nothing changed are the earlier import's own.
CREATE TABLE table_parts (
    import INTEGER NOT NULL REFERENCES table_imports (number),
    path TEXT NOT NULL,  -- in the folder of the tables
    year INTEGER,  -- NULL: undated
    rows INTEGER NOT NULL CHECK (rows > 0),
    PRIMARY KEY (import, path)
) STRICT, WITHOUT ROWID;

-- Which import a source shows, from one snapshot to the next.
CREATE TABLE table_snapshots (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> ''),
    source TEXT NOT NULL,
    shows INTEGER REFERENCES table_imports (number),
    undoes INTEGER REFERENCES table_snapshots (number),
    why TEXT NOT NULL,
    CHECK (undoes IS NOT NULL OR shows IS number)
) STRICT;

-- Imports whose parts a person gave up to free the disk.
CREATE TABLE table_prunings (
    import INTEGER PRIMARY KEY REFERENCES table_imports (number),
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> '')
) STRICT;

CREATE TRIGGER table_snapshots_are_appended BEFORE INSERT ON table_snapshots
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM table_snapshots)
BEGIN
    SELECT RAISE(ABORT, 'a snapshot is appended to the last one, never put in between or over another');
END;

CREATE TRIGGER table_imports_are_appended BEFORE INSERT ON table_imports
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM table_snapshots)
BEGIN
    SELECT RAISE(ABORT, 'an import is appended to the last snapshot, never put in between or over another');
END;

CREATE TRIGGER table_parts_come_with_their_import BEFORE INSERT ON table_parts
WHEN EXISTS (SELECT 1 FROM table_snapshots WHERE number = NEW.import)
BEGIN
    SELECT RAISE(ABORT, 'the parts of an import are those that it was kept with');
END;

CREATE TRIGGER table_prunings_spare_what_is_shown BEFORE INSERT ON table_prunings
WHEN EXISTS (SELECT 1 FROM table_prunings WHERE import = NEW.import) OR NEW.import IN (
    SELECT shows FROM table_snapshots WHERE number IN (SELECT max(number) FROM table_snapshots GROUP BY source)
)
BEGIN
    SELECT RAISE(ABORT, 'an import is given up once, and never while it is shown');
END;

CREATE TRIGGER table_imports_stay_as_they_are BEFORE UPDATE ON table_imports
BEGIN
    SELECT RAISE(ABORT, 'an import is never changed: undo it and import again');
END;

CREATE TRIGGER table_imports_stay BEFORE DELETE ON table_imports
BEGIN
    SELECT RAISE(ABORT, 'an import is never deleted: undo it');
END;

CREATE TRIGGER table_parts_stay_as_they_are BEFORE UPDATE ON table_parts
BEGIN
    SELECT RAISE(ABORT, 'an import is never changed: undo it and import again');
END;

CREATE TRIGGER table_parts_stay BEFORE DELETE ON table_parts
BEGIN
    SELECT RAISE(ABORT, 'an import is never deleted: undo it');
END;

CREATE TRIGGER table_snapshots_stay_as_they_are BEFORE UPDATE ON table_snapshots
BEGIN
    SELECT RAISE(ABORT, 'a snapshot is never changed: undo it');
END;

CREATE TRIGGER table_snapshots_stay BEFORE DELETE ON table_snapshots
BEGIN
    SELECT RAISE(ABORT, 'a snapshot is never deleted: undo it');
END;

CREATE TRIGGER table_prunings_stay_as_they_are BEFORE UPDATE ON table_prunings
BEGIN
    SELECT RAISE(ABORT, 'what was given up is never taken back');
END;

CREATE TRIGGER table_prunings_stay BEFORE DELETE ON table_prunings
BEGIN
    SELECT RAISE(ABORT, 'what was given up is never taken back');
END;
