// SPDX-License-Identifier: Apache-2.0

import Lockdown
import Testing

/// What a program heeds of what it was started with.
@Suite struct ProgramStartTests {
  @Test func theShortListIsKept() {
    let environment = StartEnvironment([
      "TERM=xterm-256color", "LANG=de_DE.UTF-8", "LC_CTYPE=C.UTF-8", "HOME=/home/ada",
      "USER=ada", "XDG_STATE_HOME=/var/state", "TZ=Europe/Berlin", "NO_COLOR=1",
    ])
    #expect(
      Set(environment.keptEntries.map(\.name))
        == ["TERM", "LANG", "LC_CTYPE", "HOME", "USER", "XDG_STATE_HOME", "TZ", "NO_COLOR"])
    #expect(environment["TZ"] == "Europe/Berlin")
    #expect(environment.linkerNames.isEmpty)
  }

  @Test func whatLeadsLibrariesElsewhereIsNot() {
    let environment = StartEnvironment([
      "TERMINFO=/tmp/evil", "TERMINFO_DIRS=/tmp", "NCURSES_NO_UTF8_ACS=1", "LOCPATH=/tmp",
      "SQLITE_TMPDIR=/tmp", "TMPDIR=/tmp", "MALLOC_TRACE=/tmp/m", "GCONV_PATH=/tmp",
      "SWIFT_BACKTRACE=enable=yes", "PATH=/tmp", "LD_PRELOAD=/tmp/evil.so", "LD_AUDIT=/tmp/a.so",
      "TERM=../../tmp/evil", "LANG=/tmp/locale", "TZ=/tmp/zone", "HOME=relative",
      "XDG_DATA_HOME=", "LC_ALL=\u{1B}[2J",
    ])
    #expect(environment.keptEntries.isEmpty)
    #expect(environment.values.isEmpty)
    #expect(environment.linkerNames == ["LD_AUDIT", "LD_PRELOAD"])
  }

  @Test func whereTheTerminalComesFromIsRememberedButNotKept() {
    let environment = StartEnvironment([
      "TMUX=/tmp/tmux-0/default,12,0", "STY=9.pts", "TERM=screen",
    ])
    #expect(environment["TMUX"] == "/tmp/tmux-0/default,12,0")
    #expect(environment["STY"] == "9.pts")
    #expect(environment.keptEntries.map(\.name) == ["TERM"])
  }

  @Test func theFirstOfTwoCounts() {
    let environment = StartEnvironment(["HOME=/a", "HOME=/b", "NONSENSE", "=x", "USER=a=b"])
    #expect(environment["HOME"] == "/a")
    #expect(environment["USER"] == nil)
  }

  @Test func descriptorsForPassphrasesAreFound() {
    func found(_ words: String) -> Set<Int32> {
      ProgramStart.passphraseDescriptors(words.split(separator: " ").map(String.init))
    }
    #expect(found("milkglass review v --passphrase-fd 5") == [5])
    #expect(found("person add x --passphrase-fd=3 --new-passphrase-fd 7") == [3, 7])
    #expect(found("review v").isEmpty)
    #expect(found("review v --passphrase-fd").isEmpty)
    #expect(found("review v --passphrase-fd -1").isEmpty)
    #expect(found("review v --passphrase-fd five").isEmpty)
    #expect(found("review passphrase-fd 5").isEmpty)
  }
}
