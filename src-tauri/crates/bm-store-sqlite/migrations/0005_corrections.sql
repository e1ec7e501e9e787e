-- A form that was amended says what its last amendment says; one that no longer stands may have
-- been returned; a correction may leave a difference to be paid or given back.
ALTER TABLE declaration ADD COLUMN revised INTEGER REFERENCES record (id);
ALTER TABLE declaration ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));
ALTER TABLE declaration ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 0 CHECK (unsettled IN (0, 1));
ALTER TABLE declaration ADD COLUMN other_leg BLOB CHECK (length(other_leg) = 16);
CREATE INDEX declaration_unsettled ON declaration (gate, day) WHERE unsettled = 1;
ALTER TABLE day_total ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_total ADD COLUMN amended INTEGER NOT NULL DEFAULT 0;

-- What corrections made on a day moved the totals of days that were closed by then.
CREATE TABLE correction_total (
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
    released    INTEGER NOT NULL,
    returned    INTEGER NOT NULL,
    amended     INTEGER NOT NULL,
    PRIMARY KEY (gate, day, direction)
) STRICT, WITHOUT ROWID;

-- The records that corrected each form.
CREATE TABLE correction (
    id          INTEGER PRIMARY KEY REFERENCES record (id),
    declaration INTEGER NOT NULL REFERENCES declaration (id)
) STRICT;
CREATE INDEX correction_by_declaration ON correction (declaration);

-- What was cancelled or exchanged before there were these columns.
INSERT INTO correction (id, declaration)
SELECT r.id, d.id FROM record r JOIN declaration d
    ON d.uuid = unhex(json_extract(r.payload, '$.data.id'), '-')
WHERE r.payload LIKE '%"event":"cancelled"%' AND json_extract(r.payload, '$.event') = 'cancelled';
UPDATE declaration SET unsettled = 1
    WHERE status = 'cancelled' AND json_extract(progress, '$.paid') IS NOT NULL;
CREATE TABLE leg AS
SELECT d.id, d.uuid, unhex(json_extract(r.payload, '$.data.draft.exchange_of'), '-') AS other
FROM declaration d JOIN record r ON r.id = d.id
WHERE d.status <> 'refused' AND r.payload LIKE '%"exchange_of":%';
UPDATE declaration SET other_leg = (SELECT other FROM leg WHERE leg.id = declaration.id)
    WHERE id IN (SELECT id FROM leg);
UPDATE declaration SET other_leg = (
    SELECT uuid FROM leg WHERE other = declaration.uuid ORDER BY id DESC LIMIT 1
) WHERE uuid IN (SELECT other FROM leg);
DROP TABLE leg;
