-- How far a form has come after its registration, derived from the steps in its records.
ALTER TABLE declaration ADD COLUMN progress TEXT;
ALTER TABLE declaration ADD COLUMN released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1));
ALTER TABLE day_total ADD COLUMN released INTEGER NOT NULL DEFAULT 0;

-- The queue of a gate: what is neither released, refused nor cancelled.
CREATE INDEX declaration_open ON declaration (gate, day)
    WHERE status = 'registered' AND released = 0;

-- Where each series ends, so that cutting off its newest records shows.
ALTER TABLE series ADD COLUMN last_idx INTEGER NOT NULL DEFAULT 0;
ALTER TABLE series ADD COLUMN last_hash BLOB NOT NULL DEFAULT x'' CHECK (length(last_hash) IN (0, 32));
UPDATE series SET (last_idx, last_hash) = (
    SELECT idx, hash FROM record r WHERE r.series = series.id ORDER BY idx DESC LIMIT 1
) WHERE EXISTS (SELECT 1 FROM record r WHERE r.series = series.id);
