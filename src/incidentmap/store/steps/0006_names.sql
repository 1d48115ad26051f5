-- Names of actors (and of places, where an extractor proposes them) that nobody knows, as reports write them.
CREATE TABLE unknown_names (
    report TEXT NOT NULL REFERENCES reports (id),
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('actor', 'place')),
    span_quote TEXT NOT NULL,
    proposer TEXT NOT NULL,  -- who proposed it first: 'rules', or the name of an extractor
    why TEXT NOT NULL,  -- JSON [code, values]
    PRIMARY KEY (report, span_start, span_end, kind)
) STRICT, WITHOUT ROWID;

-- What people decided about unknown names of actors: a chain that only grows. A row that is not the next link is refused here.
CREATE TABLE namings (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same_as', 'new', 'not_an_actor', 'undo')),
    name TEXT NOT NULL,
    actor TEXT NOT NULL,  -- empty for not_an_actor and undo
    actor_name TEXT,  -- the actor that a `new` adds; NULL throughout for all others
    inter INTEGER,
    parent TEXT,
    valid_from TEXT,
    valid_to TEXT,
    undoes INTEGER REFERENCES namings (number),
    why TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER namings_are_appended BEFORE INSERT ON namings
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM namings)
    OR NEW.previous IS NOT coalesce((SELECT hash FROM namings ORDER BY number DESC LIMIT 1), printf('%064d', 0))
BEGIN
    SELECT RAISE(ABORT, 'a naming is appended to the last one, never put in between or over another');
END;

CREATE TRIGGER namings_are_undone_once BEFORE INSERT ON namings
WHEN (NEW.undoes IS NOT NULL) <> (NEW.verdict = 'undo') OR NEW.undoes IS NOT NULL AND (
    EXISTS (SELECT 1 FROM namings WHERE undoes = NEW.undoes)
    OR NOT EXISTS (SELECT 1 FROM namings WHERE number = NEW.undoes AND undoes IS NULL)
)
BEGIN
    SELECT RAISE(ABORT, 'an undo takes back one earlier naming that still stands');
END;

CREATE TRIGGER namings_stay_as_they_are BEFORE UPDATE ON namings
BEGIN
    SELECT RAISE(ABORT, 'a naming is never changed: undo it and decide again');
END;

CREATE TRIGGER namings_stay BEFORE DELETE ON namings
BEGIN
    SELECT RAISE(ABORT, 'a naming is never deleted: undo it');
END;
