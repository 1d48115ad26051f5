-- The chains of the logs of reviews and of merges: each record's seal with the one before it (`chain.py`). Records from before this
-- step are sealed together with the next one.
CREATE TABLE seals (
    log TEXT NOT NULL CHECK (log IN ('reviews', 'merges')),
    number INTEGER NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (log, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER seals_are_appended BEFORE INSERT ON seals
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM seals WHERE log = NEW.log)
    OR NEW.previous IS NOT coalesce(
        (SELECT hash FROM seals WHERE log = NEW.log ORDER BY number DESC LIMIT 1), printf('%064d', 0)
    )
BEGIN
    SELECT RAISE(ABORT, 'a seal is appended to the last one, never put in between or over another');
END;

CREATE TRIGGER seals_stay_as_they_are BEFORE UPDATE ON seals
BEGIN
    SELECT RAISE(ABORT, 'a seal is never changed');
END;

CREATE TRIGGER seals_stay BEFORE DELETE ON seals
BEGIN
    SELECT RAISE(ABORT, 'a seal is never deleted');
END;
