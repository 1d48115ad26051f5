-- A case: reports as they came, and what was read from them. Lists that nobody searches in are JSON.
CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    published_start TEXT,
    published_end TEXT,
    published_precision TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    warnings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES reports (id),
    ordinal INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    sub_event_type TEXT NOT NULL,
    date_start TEXT,
    date_end TEXT,
    date_precision TEXT,
    date_span TEXT,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    trigger_quote TEXT NOT NULL,
    status TEXT NOT NULL,
    review TEXT NOT NULL,
    searched TEXT NOT NULL,  -- folded words of places, actors and quotes
    digest TEXT NOT NULL  -- of all that is kept about the incident but its status
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_day ON incidents (date_start, date_end);
CREATE INDEX incidents_by_report ON incidents (report, ordinal);

CREATE TABLE locations (
    incident TEXT PRIMARY KEY REFERENCES incidents (id),
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_quote TEXT NOT NULL,
    relation TEXT NOT NULL,
    place_id TEXT NOT NULL,
    name TEXT NOT NULL,
    lon REAL NOT NULL,
    lat REAL NOT NULL,
    line TEXT NOT NULL,
    radius_km REAL NOT NULL,
    area_id TEXT NOT NULL,
    where_prec INTEGER NOT NULL,
    geo_precision INTEGER NOT NULL,
    country TEXT NOT NULL,
    admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL,
    ambiguous INTEGER NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,
    rivals TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX locations_by_position ON locations (lat, lon);

CREATE TABLE incident_regions (
    incident TEXT NOT NULL REFERENCES incidents (id),
    ordinal INTEGER NOT NULL,
    region TEXT NOT NULL,
    PRIMARY KEY (incident, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_regions_by_region ON incident_regions (region, incident);

CREATE TABLE actor_roles (
    incident TEXT NOT NULL REFERENCES incidents (id),
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (incident, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_roles_by_actor ON actor_roles (id, incident);

-- What is claimed of one incident alone.
CREATE TABLE claims (
    incident TEXT NOT NULL REFERENCES incidents (id),
    ordinal INTEGER NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    claimant TEXT NOT NULL,
    claimant_name TEXT NOT NULL,
    stance TEXT NOT NULL,
    field TEXT NOT NULL,
    subject TEXT NOT NULL,
    value TEXT NOT NULL,
    low INTEGER,
    best INTEGER,
    high INTEGER,
    hedged INTEGER NOT NULL,
    scope TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_quote TEXT NOT NULL,
    PRIMARY KEY (incident, ordinal)
) STRICT, WITHOUT ROWID;

-- What is claimed of several incidents together; never added to any one of them.
CREATE TABLE report_claims (
    report TEXT NOT NULL REFERENCES reports (id),
    ordinal INTEGER NOT NULL,
    claimant TEXT NOT NULL,
    claimant_name TEXT NOT NULL,
    stance TEXT NOT NULL,
    field TEXT NOT NULL,
    subject TEXT NOT NULL,
    value TEXT NOT NULL,
    low INTEGER,
    best INTEGER,
    high INTEGER,
    hedged INTEGER NOT NULL,
    scope TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_quote TEXT NOT NULL,
    PRIMARY KEY (report, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_claim_incidents (
    report TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    position INTEGER NOT NULL,
    incident TEXT NOT NULL REFERENCES incidents (id),
    PRIMARY KEY (report, ordinal, position),
    FOREIGN KEY (report, ordinal) REFERENCES report_claims (report, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_claim_incidents_by_incident ON report_claim_incidents (incident);

CREATE TABLE mentions (
    report TEXT NOT NULL REFERENCES reports (id),
    ordinal INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    span_quote TEXT NOT NULL,
    kind TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (report, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
