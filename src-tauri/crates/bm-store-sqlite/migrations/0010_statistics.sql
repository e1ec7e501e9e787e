-- What released forms count for in trade statistics (Circular 52/2020/TT-BTC): by the day on which
-- they were counted, the day of registration, and the goods of a line; what belongs to a form as a
-- whole stands under hs 0. Weights and masses are grams, quantities thousandths. Filled from the
-- records when this step has run.
CREATE TABLE statistic (
    entered     INTEGER NOT NULL,
    gate        TEXT    NOT NULL,
    direction   TEXT    NOT NULL,
    registered  INTEGER NOT NULL,
    hs          INTEGER NOT NULL,
    country     TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    commune     TEXT    NOT NULL,
    forms       INTEGER NOT NULL,
    lines       INTEGER NOT NULL,
    quantity    INTEGER NOT NULL,
    weight      INTEGER NOT NULL,
    mass        INTEGER NOT NULL,
    value       INTEGER NOT NULL,
    exempt      INTEGER NOT NULL,
    excess      INTEGER NOT NULL,
    duty        INTEGER NOT NULL,
    excise      INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    vat         INTEGER NOT NULL,
    fee         INTEGER NOT NULL,
    PRIMARY KEY (entered, gate, direction, registered, hs, country, unit, commune)
) STRICT, WITHOUT ROWID;

-- The commune a released form counts for: its resident's when it was released, whatever is entered of
-- that person afterwards.
ALTER TABLE declaration ADD COLUMN commune TEXT;
