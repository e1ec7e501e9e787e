-- How far a form has come after its registration, derived from the steps in its records.
ALTER TABLE declaration ADD COLUMN progress TEXT;
ALTER TABLE declaration ADD COLUMN released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1));
ALTER TABLE day_total ADD COLUMN released INTEGER NOT NULL DEFAULT 0;

-- The queue of a gate: what is neither released, refused nor cancelled.
CREATE INDEX declaration_open ON declaration (gate, day)
    WHERE status = 'registered' AND released = 0;
