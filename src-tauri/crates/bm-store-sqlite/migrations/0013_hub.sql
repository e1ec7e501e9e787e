-- How this workstation stands to its hub: whose order it follows and how far. `passed` is the last
-- own record the hub is known to have placed; own records after `undoable` can be undone row by row.
CREATE TABLE hub (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    uuid     BLOB    NOT NULL CHECK (length(uuid) = 16),
    position INTEGER NOT NULL,
    hash     BLOB    NOT NULL CHECK (length(hash) = 32),
    sent     INTEGER NOT NULL,
    passed   INTEGER NOT NULL,
    undoable INTEGER NOT NULL
) STRICT;

-- Forms of others that arrived and are not looked over yet, so that a program that is killed in
-- between looks at them when it runs again.
CREATE TABLE met (
    form BLOB PRIMARY KEY CHECK (length(form) = 16)
) STRICT, WITHOUT ROWID;

-- What rows were before the own records after `at` changed them: texts of JSON arrays, the key and
-- the whole row, which is NULL where there was none. Only what the hub has not placed is kept.
CREATE TABLE undo (
    at  INTEGER NOT NULL,
    tab TEXT    NOT NULL,
    key TEXT    NOT NULL,
    old TEXT,
    PRIMARY KEY (at, tab, key)
) STRICT, WITHOUT ROWID;

-- Two workstations that were given one name number alike; both forms are held.
DROP INDEX declaration_by_number;
CREATE INDEX declaration_by_number ON declaration (number) WHERE number IS NOT NULL;

-- Persons who name one paper, each with the one it stands under, and that one with each: they were
-- entered apart and may be one. Filled from the persons when this step has run.
CREATE TABLE twin (
    person INTEGER NOT NULL REFERENCES person (id),
    other  INTEGER NOT NULL,
    PRIMARY KEY (person, other)
) STRICT, WITHOUT ROWID;
