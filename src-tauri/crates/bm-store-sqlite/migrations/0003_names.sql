-- Every length of a typed syllable has an index of its own (the longest Vietnamese one has seven
-- letters): a search among millions reads on where it is needed instead of gathering whole lists.
DROP TABLE person_name;
CREATE VIRTUAL TABLE person_name USING fts5 (
    folded, content = '', contentless_delete = 1, prefix = '1 2 3 4 5 6 7', detail = none
);
INSERT INTO person_name (rowid, folded) SELECT id, folded FROM person;
INSERT INTO person_name (person_name) VALUES ('optimize');
