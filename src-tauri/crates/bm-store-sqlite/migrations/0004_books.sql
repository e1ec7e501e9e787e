-- The office's other books, one row an entry as it stands, and what each is looked up by.
CREATE TABLE book_entry (
    id   INTEGER PRIMARY KEY,
    book TEXT    NOT NULL,
    uuid BLOB    NOT NULL CHECK (length(uuid) = 16),
    gate TEXT    NOT NULL,
    day  INTEGER NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    body TEXT    NOT NULL,
    UNIQUE (book, uuid)
) STRICT;
CREATE INDEX book_entry_by_gate ON book_entry (book, gate, open, day);
CREATE INDEX book_entry_by_day ON book_entry (book, open, day);

CREATE TABLE book_reference (
    entry INTEGER NOT NULL REFERENCES book_entry (id),
    word  TEXT    NOT NULL,
    PRIMARY KEY (word, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX book_reference_by_entry ON book_reference (entry);
