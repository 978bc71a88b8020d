// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What version 2 adds: the audit log, closures, lineage, notices, kept labels.
  ///
  /// Triggers hold what no writer may do: change or delete an event of the log outside of a closed
  /// segment, or delete a clip's label events unless its erasure was ordered.
  static let second = audit + closures + lineage + erasure

  private static let audit = """
    CREATE TABLE audit_event (
      seq INTEGER PRIMARY KEY,
      body BLOB NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TABLE audit_checkpoint (
      size INTEGER PRIMARY KEY CHECK (size > 0),
      note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit_segment (
      last INTEGER PRIMARY KEY,
      month INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE audit_anchor (size INTEGER PRIMARY KEY) STRICT;

    CREATE TRIGGER audit_event_gapless BEFORE INSERT ON audit_event
    WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 1) FROM audit_event)
    BEGIN SELECT raise(ABORT, 'audit events follow each other'); END;
    CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
    WHEN OLD.seq > (SELECT coalesce(max(size), 0) FROM audit_anchor)
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
    WHEN OLD.size >= (SELECT coalesce(max(size), 0) FROM audit_anchor)
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_anchor_closed BEFORE INSERT ON audit_anchor
    WHEN NOT EXISTS (SELECT 1 FROM audit_segment WHERE last = NEW.size)
      OR NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE size = NEW.size)
    BEGIN SELECT raise(ABORT, 'only a closed segment is deleted'); END;
    CREATE TRIGGER audit_anchor_no_update BEFORE UPDATE ON audit_anchor
    BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

    """

  private static let closures = """
    ALTER TABLE clip ADD COLUMN subject TEXT NOT NULL DEFAULT '';
    ALTER TABLE clip ADD COLUMN consent TEXT NOT NULL DEFAULT '';
    ALTER TABLE clip ADD COLUMN expires_ms INTEGER;
    UPDATE clip SET consent = coalesce(json_extract(record, '$.consent'), '');
    CREATE INDEX clip_subject ON clip (subject) WHERE subject <> '';
    CREATE INDEX clip_consent ON clip (consent) WHERE consent <> '';
    CREATE INDEX clip_expires ON clip (expires_ms) WHERE expires_ms IS NOT NULL;

    ALTER TABLE session ADD COLUMN seat TEXT NOT NULL DEFAULT '';

    ALTER TABLE worklist ADD COLUMN flagged_by TEXT;
    ALTER TABLE worklist ADD COLUMN flagged_ms INTEGER;
    UPDATE worklist SET (flagged_by, flagged_ms) = (
      SELECT e.reviewer, e.at_ms FROM label_event e
      WHERE e.clip = worklist.clip AND e.kind = 'flag' ORDER BY e.ordinal DESC LIMIT 1)
    WHERE state = 'flagged';
    CREATE INDEX worklist_flagged ON worklist (flagged_ms) WHERE flagged_ms IS NOT NULL;
    INSERT INTO tally VALUES ('closed', 0);

    CREATE TABLE closure (
      clip INTEGER NOT NULL REFERENCES clip (position) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('withdrawn', 'erasing', 'held')),
      reason TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      by TEXT NOT NULL,
      until_ms INTEGER CHECK ((until_ms IS NULL) = (kind <> 'held')),
      ground TEXT CHECK (ground IS NULL OR kind = 'held'),
      log_name BLOB,
      PRIMARY KEY (clip, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX closure_kind ON closure (kind, clip);
    CREATE TABLE closure_version (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL)
      STRICT;
    INSERT INTO closure_version VALUES (1, 0);
    CREATE TRIGGER closure_version_insert AFTER INSERT ON closure
    BEGIN UPDATE closure_version SET number = number + 1; END;
    CREATE TRIGGER closure_version_delete AFTER DELETE ON closure
    BEGIN UPDATE closure_version SET number = number + 1; END;

    DROP TRIGGER label_event_no_delete;
    CREATE TRIGGER label_event_no_delete BEFORE DELETE ON label_event
    WHEN NOT EXISTS (SELECT 1 FROM closure WHERE clip = OLD.clip AND kind = 'erasing')
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;
    CREATE TRIGGER clip_no_delete BEFORE DELETE ON clip
    WHEN NOT EXISTS (SELECT 1 FROM closure WHERE clip = OLD.position AND kind = 'erasing')
    BEGIN SELECT raise(ABORT, 'a clip goes by its erasure only'); END;

    """

  private static let lineage = """
    CREATE TABLE label_export (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms INTEGER NOT NULL,
      by TEXT NOT NULL,
      lines INTEGER NOT NULL,
      erased INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE label_export_clip (
      export INTEGER NOT NULL REFERENCES label_export (id),
      clip INTEGER NOT NULL REFERENCES clip (position),
      PRIMARY KEY (clip, export)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER label_export_erased AFTER DELETE ON label_export_clip
    BEGIN UPDATE label_export SET erased = erased + 1 WHERE id = OLD.export; END;

    CREATE TABLE kept_label (
      id INTEGER PRIMARY KEY,
      verdict TEXT NOT NULL CHECK (json_valid(verdict)),
      taxonomy TEXT NOT NULL,
      month TEXT NOT NULL,
      reviewer TEXT NOT NULL
    ) STRICT;

    CREATE TABLE notice (
      number INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL
    ) STRICT;
    """
}
