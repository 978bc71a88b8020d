// SPDX-License-Identifier: Apache-2.0

extension StoreSchema {
  /// What stays when clips go: the receipts.
  static let erasure = """

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
