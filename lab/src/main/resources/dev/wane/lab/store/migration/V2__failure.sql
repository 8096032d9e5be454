-- A trial that ended without a figure; a rerun tries it again.
CREATE TABLE failure (
  trial_id  TEXT PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
  reason    TEXT NOT NULL,
  tail      TEXT NOT NULL,
  failed_at INTEGER NOT NULL
);
