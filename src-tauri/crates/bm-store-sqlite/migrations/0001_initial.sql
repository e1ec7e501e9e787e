-- Records are the truth; every other table is derived from them and can be built again.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- This workstation's series is the first; those of others arrive with their own identity.
CREATE TABLE series (
    id   INTEGER PRIMARY KEY,
    uuid BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16)
) STRICT;

CREATE TABLE record (
    id      INTEGER PRIMARY KEY,
    series  INTEGER NOT NULL REFERENCES series (id),
    idx     INTEGER NOT NULL CHECK (idx > 0),
    uuid    BLOB    NOT NULL CHECK (length(uuid) = 16),
    payload TEXT    NOT NULL,
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    UNIQUE (series, idx)
) STRICT;

CREATE TABLE person (
    id     INTEGER PRIMARY KEY,
    uuid   BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
    folded TEXT    NOT NULL,
    born   INTEGER NOT NULL,
    body   TEXT    NOT NULL
) STRICT;
CREATE INDEX person_by_birth ON person (born, folded);

CREATE TABLE paper (
    number TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (number, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_by_person ON paper (person);

CREATE VIRTUAL TABLE person_name USING fts5 (
    folded, content = '', contentless_delete = 1, prefix = '2 3', detail = none
);

-- id is the id of the record that registered or refused the form. Amounts stay in the record.
CREATE TABLE declaration (
    id            INTEGER PRIMARY KEY REFERENCES record (id),
    uuid          BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
    number        TEXT,
    day           INTEGER NOT NULL,
    gate          TEXT    NOT NULL,
    direction     TEXT    NOT NULL CHECK (direction IN ('import', 'export')),
    status        TEXT    NOT NULL CHECK (status IN ('registered', 'refused', 'cancelled')),
    person        INTEGER REFERENCES person (id),
    cancel_reason TEXT
) STRICT;
CREATE UNIQUE INDEX declaration_by_number ON declaration (number) WHERE number IS NOT NULL;
CREATE INDEX declaration_by_gate_day ON declaration (gate, day, direction, status, person);
CREATE INDEX declaration_by_person ON declaration (person, day) WHERE person IS NOT NULL;

CREATE TABLE quota_use (
    person INTEGER NOT NULL REFERENCES person (id),
    day    INTEGER NOT NULL,
    exempt INTEGER NOT NULL CHECK (exempt >= 0),
    trips  INTEGER NOT NULL CHECK (trips >= 0),
    PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_total (
    gate        TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    direction   TEXT    NOT NULL,
    forms       INTEGER NOT NULL,
    value       INTEGER NOT NULL,
    exempt      INTEGER NOT NULL,
    excess      INTEGER NOT NULL,
    duty        INTEGER NOT NULL,
    excise      INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    vat         INTEGER NOT NULL,
    fee         INTEGER NOT NULL,
    weight_g    INTEGER NOT NULL,
    refused     INTEGER NOT NULL,
    cancelled   INTEGER NOT NULL,
    PRIMARY KEY (gate, day, direction)
) STRICT, WITHOUT ROWID;

CREATE TABLE number_series (
    series TEXT    PRIMARY KEY,
    last   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE law (
    key  TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
