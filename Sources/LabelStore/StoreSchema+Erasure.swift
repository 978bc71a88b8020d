// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What stays when clips go: the receipts; and the policy's version, which may not fall.
  static let erasure = """

    CREATE TABLE policy_seen (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER policy_seen_rises BEFORE UPDATE ON policy_seen WHEN NEW.version < OLD.version
    BEGIN SELECT raise(ABORT, 'the policy version rises'); END;

    CREATE TABLE erasure_receipt (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      note TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER erasure_receipt_no_update BEFORE UPDATE ON erasure_receipt
    BEGIN SELECT raise(ABORT, 'a receipt stays as it is'); END;
    CREATE TRIGGER erasure_receipt_no_delete BEFORE DELETE ON erasure_receipt
    BEGIN SELECT raise(ABORT, 'a receipt stays as it is'); END;
    """
}
