// SPDX-License-Identifier: Apache-2.0

/// The texts of one part of the screen; the raw value of each is its name in the catalogues.
package protocol PhraseKey: CaseIterable, RawRepresentable<String>, Sendable {
  /// The table of the catalogues that holds them.
  static var table: String { get }
}

/// Every table that a catalogue must have.
package enum PhraseTables {
  /// One entry a table; a catalogue is refused that lacks a text of any.
  package static let all: [any PhraseKey.Type] = [
    KeysPhrase.self, LockPhrase.self, NotePhrase.self, SegmentPhrase.self, HistoryPhrase.self,
    MessagesPhrase.self, SessionPhrase.self, OpinionPhrase.self, WorklistPhrase.self,
    FrostReason.self, TerminalPhrase.self, SummaryPhrase.self, TaxonomyPhrase.self,
    HintPhrase.self, KeyListPhrase.self, NamePhrase.self, TopPhrase.self, ClipPhrase.self,
    PromptPhrase.self, PalettePhrase.self, ViewPhrase.self, LabellingPhrase.self, LookPhrase.self,
    RegionPhrase.self, ShutPhrase.self, FactsPhrase.self, WalkPhrase.self, DeskPhrase.self,
    TourPhrase.self, WelcomePhrase.self, DescriptionPhrase.self, PlainPhrase.self,
    StorePhrase.self, DecodingPhrase.self, ConsentPhrase.self, VaultPhrase.self,
    SystemPhrase.self, FilePhrase.self, TrustPhrase.self,
    StartPhrase.self, ScreenPhrase.self, PassphrasePhrase.self, KioskPhrase.self,
  ]
}
