// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What version 6 adds: second opinions, label events that hold a text (a note, labels that were copied),
  /// those that move a segment's edge, and whether a reviewer's clip stood still.
  ///
  /// `opinion` holds who labelled a clip in which of its two rounds, and when they committed what
  /// stands there; only clips that got a second opinion have rows. As in version 5 the table of events
  /// is made anew for its check.
  static let sixth = """
    CREATE TABLE label_event_6 (
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
    INSERT INTO label_event_6 SELECT *, NULL FROM label_event;
    DROP TABLE label_event;
    ALTER TABLE label_event_6 RENAME TO label_event;

    CREATE TRIGGER label_event_gapless BEFORE INSERT ON label_event
    WHEN NEW.ordinal <> (
      SELECT coalesce(max(ordinal) + 1, 0) FROM label_event WHERE clip = NEW.clip)
    BEGIN SELECT raise(ABORT, 'label events follow each other'); END;
    CREATE TRIGGER label_event_no_update BEFORE UPDATE ON label_event
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;
    CREATE TRIGGER label_event_no_delete BEFORE DELETE ON label_event
    WHEN NOT EXISTS (SELECT 1 FROM closure WHERE clip = OLD.clip AND kind = 'erasing')
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;

    ALTER TABLE worklist ADD COLUMN round INTEGER NOT NULL DEFAULT 1 CHECK (round IN (1, 2));
    INSERT INTO tally VALUES ('second', 0), ('disputed', 0);

    CREATE TABLE opinion (
      clip INTEGER NOT NULL REFERENCES clip (position) ON DELETE CASCADE,
      round INTEGER NOT NULL CHECK (round IN (1, 2)),
      reviewer TEXT NOT NULL,
      at_ms INTEGER,
      PRIMARY KEY (clip, reviewer, round)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX opinion_reviewer ON opinion (reviewer, round, at_ms, clip);

    ALTER TABLE place ADD COLUMN playing INTEGER NOT NULL DEFAULT 0 CHECK (playing IN (0, 1));
    """
}
