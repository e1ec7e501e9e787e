-- What a record was done to, so that the log is searched without reading it through: the first eight
-- bytes of the SHA-256 of an id, an account, a rule or a plate. Forms are found by their own rows: registering
-- writes nothing here. Filled from the records when this step has run.
CREATE TABLE trail (
    subject INTEGER NOT NULL,
    record  INTEGER NOT NULL REFERENCES record (id),
    PRIMARY KEY (subject, record)
) STRICT, WITHOUT ROWID;

-- When the records of each whole block of 512 rows were written, in seconds since 1970: the log is
-- searched by time without reading it through, and also where a clock jumped.
CREATE TABLE log_block (
    block INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL
) STRICT;
