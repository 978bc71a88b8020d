// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What version 7 adds: what a worklist is searched and ordered by.
  ///
  /// The columns repeat the clip's record; `rank` fills them for rows that are not `ranked`, by the
  /// taxonomy and the order that `rank_rule` names. Sizes are in ten thousandths.
  static let seventh = """
    ALTER TABLE worklist ADD COLUMN ranked INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE worklist ADD COLUMN camera TEXT NOT NULL DEFAULT '';
    ALTER TABLE worklist ADD COLUMN source TEXT NOT NULL DEFAULT '';
    ALTER TABLE worklist ADD COLUMN alert TEXT NOT NULL DEFAULT '';
    ALTER TABLE worklist ADD COLUMN predicted TEXT NOT NULL DEFAULT '';
    ALTER TABLE worklist ADD COLUMN score INTEGER;
    ALTER TABLE worklist ADD COLUMN predicted_level INTEGER;
    ALTER TABLE worklist ADD COLUMN level INTEGER;
    ALTER TABLE worklist ADD COLUMN since_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE worklist ADD COLUMN danger INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE worklist ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE worklist ADD COLUMN lot INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE worklist ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE worklist ADD COLUMN is_audit INTEGER NOT NULL DEFAULT 0;

    CREATE INDEX worklist_unranked ON worklist (clip) WHERE ranked = 0;
    CREATE INDEX worklist_open ON worklist (turn, clip) WHERE state IN ('due', 'second');
    CREATE INDEX worklist_turn ON worklist (turn, clip);
    CREATE INDEX worklist_camera ON worklist (camera, clip, state);
    CREATE INDEX worklist_danger ON worklist (danger, clip, state);
    CREATE INDEX worklist_unsure ON worklist (unsure, clip, state);
    CREATE INDEX worklist_lot ON worklist (lot, clip, state);
    CREATE INDEX worklist_search ON worklist (
      state, camera, level, score, since_ms, alert, source, predicted, clip);

    CREATE TABLE rank_rule (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      levels TEXT NOT NULL,
      moved TEXT NOT NULL,
      rule TEXT NOT NULL,
      audit INTEGER NOT NULL,
      threshold INTEGER NOT NULL
    ) STRICT;
    """
}
