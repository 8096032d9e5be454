-- A trial is named by the content hash of its specification and stored once.
CREATE TABLE trial (
  id          TEXT PRIMARY KEY,
  spec        TEXT NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('pending', 'running', 'finished', 'diverged')),
  owner       TEXT,
  lease_until INTEGER,
  diverged_at INTEGER,
  seconds     REAL,
  finished_at INTEGER
);

CREATE INDEX trial_status ON trial (status);

CREATE TABLE measurement (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  value    REAL NOT NULL,
  PRIMARY KEY (trial_id, name)
);

-- A value that is not a number is stored as null.
CREATE TABLE series (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  step     INTEGER NOT NULL,
  value    REAL,
  PRIMARY KEY (trial_id, name, step)
) WITHOUT ROWID;

CREATE TABLE provenance (
  trial_id TEXT PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
  document TEXT NOT NULL
);

CREATE TABLE artifact (
  trial_id TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  content  BLOB NOT NULL,
  PRIMARY KEY (trial_id, name)
);
