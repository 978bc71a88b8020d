// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Vocabulary

extension Receipt.Defect {
  /// Why a receipt of that number is not believed, in the language of who reads it; of a line that
  /// is wrong only the place, since `audit receipts` tells the rest.
  func spoken(_ number: Int64, _ texts: Texts) -> String {
    switch self {
    case .notSigned: texts(DeskPhrase.receiptUnsigned, number)
    case .line(let error): texts(DeskPhrase.receiptWrong, number, error.line)
    case .otherVault: texts(DeskPhrase.receiptOther, number)
    }
  }
}
