-- Records whose text was replaced when the persons they name were pseudonymised: the digest of the
-- text they have now, and the first bytes of the digest of the one they had, which the codes on
-- printed sheets bear. Their own hash stays where it is in the chain; it is noted too, as nothing
-- follows it from the new text, nor from the text after it where that was replaced as well.
CREATE TABLE redaction (
    record INTEGER PRIMARY KEY REFERENCES record (id),
    text   BLOB NOT NULL CHECK (length(text) = 32),
    was    BLOB NOT NULL CHECK (length(was) = 8),
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
