-- Lines of forms that stand, counted by goods, place, month and class of price: how prices spread,
-- without a form or a person. A gate's month lies together: registering touches few pages. Filled from the records when this step has run.
CREATE TABLE price_point (
    gate      TEXT    NOT NULL,
    direction TEXT    NOT NULL,
    month     INTEGER NOT NULL,
    hs        INTEGER NOT NULL,
    unit      TEXT    NOT NULL,
    class     INTEGER NOT NULL,
    lines     INTEGER NOT NULL,
    PRIMARY KEY (gate, direction, month, hs, unit, class)
) STRICT, WITHOUT ROWID;
