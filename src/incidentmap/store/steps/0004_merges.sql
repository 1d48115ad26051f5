-- What people said of incidents of different reports: the same, or not. A log that only grows; queries lay it over the incidents.
CREATE TABLE merges (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> ''),
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'not_same', 'undo')),
    undoes INTEGER REFERENCES merges (number),
    why TEXT NOT NULL
) STRICT;

-- The incidents that a record is about, with the words that tell of them: an id changes with the place that it is made of.
CREATE TABLE merge_incidents (
    merge INTEGER NOT NULL REFERENCES merges (number),
    incident TEXT NOT NULL,  -- no reference: it may be read no longer, or not yet again
    report TEXT NOT NULL REFERENCES reports (id),
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    PRIMARY KEY (merge, incident)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER merges_are_appended BEFORE INSERT ON merges
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM merges)
BEGIN
    SELECT RAISE(ABORT, 'a merge is appended to the last one, never put in between or over another');
END;

CREATE TRIGGER merges_are_undone_once BEFORE INSERT ON merges
WHEN (NEW.undoes IS NOT NULL) <> (NEW.verdict = 'undo') OR NEW.undoes IS NOT NULL AND (
    EXISTS (SELECT 1 FROM merges WHERE undoes = NEW.undoes)
    OR NOT EXISTS (SELECT 1 FROM merges WHERE number = NEW.undoes AND undoes IS NULL)
)
BEGIN
    SELECT RAISE(ABORT, 'an undo takes back one earlier merge that still stands');
END;

CREATE TRIGGER merges_stay_as_they_are BEFORE UPDATE ON merges
BEGIN
    SELECT RAISE(ABORT, 'a merge is never changed: undo it and decide again');
END;

CREATE TRIGGER merges_stay BEFORE DELETE ON merges
BEGIN
    SELECT RAISE(ABORT, 'a merge is never deleted: undo it');
END;

CREATE TRIGGER merge_incidents_stay_as_they_are BEFORE UPDATE ON merge_incidents
BEGIN
    SELECT RAISE(ABORT, 'a merge is never changed: undo it and decide again');
END;

CREATE TRIGGER merge_incidents_stay BEFORE DELETE ON merge_incidents
BEGIN
    SELECT RAISE(ABORT, 'a merge is never deleted: undo it');
END;
