-- What people decided about place names: a chain that only grows. A row that is not the next link is refused here already.
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    verdict TEXT NOT NULL,
    name TEXT NOT NULL,
    admin TEXT NOT NULL,
    country TEXT NOT NULL,
    report TEXT NOT NULL,  -- empty: wherever the name is asked; no reference, the log may come from another workspace
    place_id TEXT,  -- the place as it stood then; NULL throughout for reject and undo
    place_name TEXT,
    kind TEXT,
    lon REAL,
    lat REAL,
    radius_km REAL,
    place_country TEXT,
    admin1 TEXT,
    admin2 TEXT,
    population INTEGER,
    source TEXT,
    area_id TEXT,
    note TEXT,
    candidates TEXT NOT NULL,  -- JSON list of ids
    undoes INTEGER REFERENCES decisions (number),
    why TEXT NOT NULL,
    gazetteer TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER decisions_are_appended BEFORE INSERT ON decisions
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM decisions)
    OR NEW.previous IS NOT coalesce((SELECT hash FROM decisions ORDER BY number DESC LIMIT 1), printf('%064d', 0))
BEGIN
    SELECT RAISE(ABORT, 'a decision is appended to the last one, never put in between or over another');
END;

CREATE TRIGGER decisions_are_undone_once BEFORE INSERT ON decisions
WHEN NEW.undoes IS NOT NULL AND (
    EXISTS (SELECT 1 FROM decisions WHERE undoes = NEW.undoes)
    OR NOT EXISTS (SELECT 1 FROM decisions WHERE number = NEW.undoes AND undoes IS NULL)
)
BEGIN
    SELECT RAISE(ABORT, 'an undo takes back one earlier decision that still stands');
END;

CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'a decision is never changed: undo it and decide again');
END;

CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: undo it');
END;

-- Place names that a person should decide, as the reports and tables ask them.
CREATE TABLE questions (
    origin TEXT NOT NULL,  -- id of the report, or the table as its reader named it
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    admin TEXT NOT NULL,
    country TEXT NOT NULL,
    report TEXT NOT NULL,
    status TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_quote TEXT NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    sentence_quote TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (origin, ordinal)
) STRICT, WITHOUT ROWID;

-- What people said about incidents that are read no longer since a decision, in case an undo brings them back.
CREATE TABLE shelved_statuses (
    report TEXT NOT NULL REFERENCES reports (id),
    incident TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    trigger_quote TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (report, incident)
) STRICT, WITHOUT ROWID;
