// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What this version adds: label events that hold a text (a note, labels that were copied), those
  /// that move a segment's edge, and whether a reviewer's clip stood still.
  ///
  /// SQLite changes no check of a table that is there, so that the table is made anew with all its rows
  /// and triggers; a dropped table fires none.
  static let eighth = """
    CREATE TABLE label_event_new (
      clip INTEGER NOT NULL REFERENCES clip (position),
      ordinal INTEGER NOT NULL,
      reviewer TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      taxonomy TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN (
        'set', 'clear', 'cannot_judge', 'clear_cannot_judge', 'open_segment', 'close_segment',
        'move_segment', 'remove_segment', 'add_region', 'copy', 'note', 'commit', 'reopen', 'skip',
        'postpone', 'flag', 'flag_reason', 'second_opinion', 'adjudicate', 'bring_back', 'undo',
        'redo')),
      term TEXT,
      confirmed INTEGER,
      reason TEXT,
      target INTEGER,
      time_us INTEGER,
      frame INTEGER,
      until_ms INTEGER,
      region TEXT CHECK (region IS NULL OR json_valid(region)),
      text TEXT CHECK (length(text) <= 65536),
      PRIMARY KEY (clip, ordinal),
      CHECK ((region IS NULL) = (kind <> 'add_region')),
      CHECK ((text IS NULL) = (kind NOT IN ('copy', 'note')))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO label_event_new (
      clip, ordinal, reviewer, at_ms, taxonomy, kind, term, confirmed, reason, target, time_us, frame,
      until_ms, region)
    SELECT clip, ordinal, reviewer, at_ms, taxonomy, kind, term, confirmed, reason, target, time_us,
      frame, until_ms, region
    FROM label_event;
    DROP TABLE label_event;
    ALTER TABLE label_event_new RENAME TO label_event;

    CREATE TRIGGER label_event_gapless BEFORE INSERT ON label_event
    WHEN NEW.ordinal <> (
      SELECT coalesce(max(ordinal) + 1, 0) FROM label_event WHERE clip = NEW.clip)
    BEGIN SELECT raise(ABORT, 'label events follow each other'); END;
    CREATE TRIGGER label_event_no_update BEFORE UPDATE ON label_event
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;
    CREATE TRIGGER label_event_no_delete BEFORE DELETE ON label_event
    WHEN NOT EXISTS (SELECT 1 FROM closure WHERE clip = OLD.clip AND kind = 'erasing')
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;

    ALTER TABLE place ADD COLUMN playing INTEGER NOT NULL DEFAULT 0 CHECK (playing IN (0, 1));
    """
}
