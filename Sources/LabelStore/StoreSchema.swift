// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The store's tables, and how a file is known to be one.
enum StoreSchema {
  /// `Mglb`, in the file's header.
  static let applicationID = 0x4D67_6C62

  /// The schema's steps; `user_version` counts those that a file has taken.
  private static let steps = [first, second, third, fourth, fifth, sixth, seventh, eighth]

  /// The newest version known here.
  static var version: Int { steps.count }

  /// Refuses a file that is not an empty one or a store of a known version, changing nothing.
  static func check(path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      HeldConnections.hold(queue)
      try queue.read { database in try check(database) }
      try queue.close()
    } catch DatabaseError.SQLITE_READONLY_ROLLBACK {
      // A crash while the store was made left a journal, which only a writer may roll back; the
      // migration, which checks too, is one.
    }
  }

  /// Takes the missing steps in one transaction, so that two openers never both take one.
  static func migrate(_ database: Database, to version: Int = version) throws {
    try database.inTransaction(.immediate) {
      try check(database)
      let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard found < version else { return .commit }
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      for step in steps[found..<version] { try database.execute(sql: step) }
      try database.execute(sql: "PRAGMA user_version = \(version)")
      return .commit
    }
  }

  private static func check(_ database: Database) throws {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application == applicationID {
      guard (0...version).contains(found) else {
        throw StoreError.newerVersion(found: found, known: version)
      }
    } else {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
      guard application == 0, found == 0, tables == 0 else { throw StoreError.notAStore }
    }
  }

  /// The tables of version 1.
  ///
  /// `worklist` and `tally` repeat what `label_event` says, in the same transactions, so that the
  /// next clip and the counts cost the same at any size. `clip.position` is never given twice.
  private static let first = """
    CREATE TABLE clip (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
      record TEXT NOT NULL CHECK (json_valid(record))
    ) STRICT;

    CREATE TABLE label_event (
      clip INTEGER NOT NULL REFERENCES clip (position),
      ordinal INTEGER NOT NULL,
      reviewer TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      taxonomy TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN (
        'set', 'clear', 'cannot_judge', 'clear_cannot_judge', 'open_segment', 'close_segment',
        'remove_segment', 'commit', 'reopen', 'skip', 'postpone', 'flag', 'undo', 'redo')),
      term TEXT,
      confirmed INTEGER,
      reason TEXT,
      target INTEGER,
      time_us INTEGER,
      frame INTEGER,
      until_ms INTEGER,
      PRIMARY KEY (clip, ordinal)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER label_event_gapless BEFORE INSERT ON label_event
    WHEN NEW.ordinal <> (
      SELECT coalesce(max(ordinal) + 1, 0) FROM label_event WHERE clip = NEW.clip)
    BEGIN SELECT raise(ABORT, 'label events follow each other'); END;
    CREATE TRIGGER label_event_no_update BEFORE UPDATE ON label_event
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;
    CREATE TRIGGER label_event_no_delete BEFORE DELETE ON label_event
    BEGIN SELECT raise(ABORT, 'label events are append-only'); END;

    CREATE TABLE worklist (
      clip INTEGER PRIMARY KEY REFERENCES clip (position),
      state TEXT NOT NULL DEFAULT 'due',
      reason TEXT,
      defer_until_ms INTEGER,
      unreadable TEXT,
      has_draft INTEGER NOT NULL DEFAULT 0,
      committed_at_ms INTEGER,
      committed_by TEXT,
      verdict TEXT,
      CHECK ((committed_at_ms IS NULL) = (committed_by IS NULL)),
      CHECK ((committed_at_ms IS NULL) = (verdict IS NULL))
    ) STRICT;
    CREATE INDEX worklist_state ON worklist (state, clip);
    CREATE INDEX worklist_deferred ON worklist (defer_until_ms) WHERE state = 'deferred';
    CREATE INDEX worklist_committed ON worklist (committed_by, committed_at_ms)
      WHERE committed_by IS NOT NULL;

    CREATE TABLE tally (
      state TEXT PRIMARY KEY,
      clips INTEGER NOT NULL CHECK (clips >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO tally VALUES
      ('due', 0), ('deferred', 0), ('skipped', 0), ('done', 0), ('flagged', 0), ('unreadable', 0);
    CREATE TRIGGER tally_insert AFTER INSERT ON worklist
    BEGIN UPDATE tally SET clips = clips + 1 WHERE state = NEW.state; END;
    CREATE TRIGGER tally_delete AFTER DELETE ON worklist
    BEGIN UPDATE tally SET clips = clips - 1 WHERE state = OLD.state; END;
    CREATE TRIGGER tally_update AFTER UPDATE OF state ON worklist WHEN OLD.state <> NEW.state
    BEGIN
      UPDATE tally SET clips = clips - 1 WHERE state = OLD.state;
      UPDATE tally SET clips = clips + 1 WHERE state = NEW.state;
    END;

    CREATE TABLE session (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      reviewer TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      lock TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE lease (
      clip INTEGER PRIMARY KEY REFERENCES clip (position) ON DELETE CASCADE,
      session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
      until_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX lease_session ON lease (session);

    CREATE TABLE place (
      reviewer TEXT PRIMARY KEY,
      clip INTEGER NOT NULL REFERENCES clip (position) ON DELETE CASCADE,
      playhead_us INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE setting (
      reviewer TEXT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (reviewer, name)
    ) STRICT, WITHOUT ROWID;
    """
}
