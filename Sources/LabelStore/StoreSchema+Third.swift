// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What version 3 adds: looks, and the frost that reviewers raised for themselves.
  ///
  /// A look's number is that of its event in the log; `shown_ms` is null while it goes on. What a
  /// reviewer has spent stays when the clip goes.
  static let third = """
    CREATE TABLE look (
      number INTEGER PRIMARY KEY,
      clip INTEGER REFERENCES clip (position) ON DELETE SET NULL,
      reviewer TEXT NOT NULL,
      session INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      granted_ms INTEGER NOT NULL CHECK (granted_ms > 0),
      shown_ms INTEGER CHECK (shown_ms BETWEEN 0 AND granted_ms)
    ) STRICT;
    CREATE INDEX look_clip ON look (clip) WHERE clip IS NOT NULL;
    CREATE INDEX look_reviewer ON look (reviewer, at_ms);
    CREATE INDEX look_open ON look (session) WHERE shown_ms IS NULL;
    CREATE TRIGGER look_no_delete BEFORE DELETE ON look
    BEGIN SELECT raise(ABORT, 'what was spent on looks stays'); END;
    CREATE TRIGGER look_settled_once BEFORE UPDATE OF shown_ms, granted_ms, reviewer, at_ms ON look
    WHEN OLD.shown_ms IS NOT NULL OR NEW.granted_ms <> OLD.granted_ms
      OR NEW.reviewer <> OLD.reviewer OR NEW.at_ms <> OLD.at_ms
    BEGIN SELECT raise(ABORT, 'what was spent on looks stays'); END;

    CREATE TABLE raised_frost (
      clip INTEGER NOT NULL REFERENCES clip (position) ON DELETE CASCADE,
      reviewer TEXT NOT NULL,
      frost INTEGER NOT NULL,
      PRIMARY KEY (clip, reviewer)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER raised_frost_rises BEFORE UPDATE ON raised_frost WHEN NEW.frost < OLD.frost
    BEGIN SELECT raise(ABORT, 'a frost is only raised'); END;
    """
}
