-- Runs of other programs, as they were read; a source is imported whole or not at all.
CREATE TABLE past_source (
  source      TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  directions  TEXT NOT NULL,
  imported_at INTEGER NOT NULL
);

CREATE TABLE past_run (
  source   TEXT NOT NULL REFERENCES past_source (source) ON DELETE CASCADE,
  number   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  finished INTEGER NOT NULL,
  settings TEXT NOT NULL,
  figures  TEXT NOT NULL,
  PRIMARY KEY (source, number)
) WITHOUT ROWID;
