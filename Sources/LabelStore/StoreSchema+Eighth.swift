// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What version 8 adds: blocks, which a search reads instead of rows, and rounds of ranking.
  ///
  /// A block holds what a query asks for of 256 clips. Any change of that drops the block in the same
  /// transaction; who searches reads the rows instead, until the block is made anew. `ranked` is the
  /// round of `rank_rule` in which a clip got its turn, so that a new order touches no row but one;
  /// `facts` is the round from which on what the record says is read by the same taxonomy. The time
  /// of a lease is that of the machine's clock since it started, which nobody sets.
  static let eighth = """
    CREATE TABLE worklist_block (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
    CREATE TRIGGER worklist_block_insert AFTER INSERT ON worklist
    BEGIN DELETE FROM worklist_block WHERE number = NEW.clip / 256; END;
    CREATE TRIGGER worklist_block_delete AFTER DELETE ON worklist
    BEGIN DELETE FROM worklist_block WHERE number = OLD.clip / 256; END;
    CREATE TRIGGER worklist_block_update AFTER UPDATE OF state, reason, committed_by, verdict, level,
      predicted_level, camera, source, alert, predicted, score, since_ms, lot ON worklist
    WHEN OLD.state <> NEW.state OR OLD.reason IS NOT NEW.reason
      OR OLD.committed_by IS NOT NEW.committed_by OR OLD.verdict IS NOT NEW.verdict
      OR OLD.level IS NOT NEW.level OR OLD.predicted_level IS NOT NEW.predicted_level
      OR OLD.camera <> NEW.camera OR OLD.source <> NEW.source OR OLD.alert <> NEW.alert
      OR OLD.predicted <> NEW.predicted OR OLD.score IS NOT NEW.score
      OR OLD.since_ms <> NEW.since_ms OR OLD.lot <> NEW.lot
    BEGIN DELETE FROM worklist_block WHERE number = NEW.clip / 256; END;

    DROP INDEX worklist_unranked;
    DROP INDEX worklist_camera;
    DROP INDEX worklist_danger;
    DROP INDEX worklist_unsure;
    DROP INDEX worklist_lot;
    DROP INDEX worklist_search;
    CREATE INDEX worklist_ranked ON worklist (ranked, clip);
    ALTER TABLE worklist DROP COLUMN danger;
    ALTER TABLE worklist DROP COLUMN unsure;
    ALTER TABLE rank_rule ADD COLUMN round INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE rank_rule ADD COLUMN facts INTEGER NOT NULL DEFAULT 1;

    DELETE FROM lease;
    """
}
