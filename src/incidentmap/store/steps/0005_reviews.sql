-- What people decided about drafts: a log that only grows. The state that queries see is the machine's reading with it replayed.
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> ''),
    action TEXT NOT NULL CHECK (action IN ('accept', 'edit', 'split', 'merge', 'reject', 'reopen', 'undo')),
    report TEXT NOT NULL REFERENCES reports (id),
    incident TEXT NOT NULL,  -- no reference: it may be read no longer, or not yet again
    changes TEXT NOT NULL,  -- JSON list of [incident, field, before, after]
    based_on TEXT NOT NULL,  -- JSON list of [incident, version]
    undoes INTEGER REFERENCES reviews (number),
    why TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_by_report ON reviews (report, number);

CREATE TRIGGER reviews_are_appended BEFORE INSERT ON reviews
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM reviews)
BEGIN
    SELECT RAISE(ABORT, 'a review is appended to the last one, never put in between or over another');
END;

CREATE TRIGGER reviews_are_undone_once BEFORE INSERT ON reviews
WHEN NEW.undoes IS NOT NULL AND (
    EXISTS (SELECT 1 FROM reviews WHERE undoes = NEW.undoes)
    OR NOT EXISTS (SELECT 1 FROM reviews WHERE number = NEW.undoes AND undoes IS NULL)
)
BEGIN
    SELECT RAISE(ABORT, 'an undo takes back one earlier review that still stands');
END;

CREATE TRIGGER reviews_stay_as_they_are BEFORE UPDATE ON reviews
BEGIN
    SELECT RAISE(ABORT, 'a review is never changed: undo it and decide again');
END;

CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews
BEGIN
    SELECT RAISE(ABORT, 'a review is never deleted: undo it');
END;

-- The machine's own reading of the incidents that people decided about, as it was last; those that nobody touched stand in
-- `incidents` as they were read.
CREATE TABLE drafts (
    incident TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES reports (id),
    draft TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_report ON drafts (report);
