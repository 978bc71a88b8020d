// SPDX-License-Identifier: Apache-2.0

/// Programs that are known by name for what they do with terminals.
///
/// A name here can only make a terminal worse, except for assistive readers, whose file must be
/// root's. Whoever renames a recorder makes it an unknown program, which a policy refuses as well.
package enum TerminalPrograms {
  /// Keep what terminals show, or let others see it.
  package static let recorders: Set<String> = [
    "script", "scriptlive", "asciinema", "ttyrec", "ttyrec2", "ovh-ttyrec", "termrec",
    "terminalizer",
    "ttyd", "gotty", "t-rec", "tmate", "tlog-rec", "tlog-rec-session", "rec-shell", "termtosvg",
    "ttysnoop", "conspy", "vhs", "doitlive", "wetty", "shellinaboxd", "upterm", "teleconsole",
    "expect", "autoexpect", "sexpect", "unbuffer", "rlwrap", "socat", "teseq", "reptyr", "neercs",
    "strace", "ltrace", "gdb", "kibitz", "xpra",
  ]

  /// Stand between a terminal and its programs and keep a copy of the screen.
  package static let multiplexers: Set<String> = [
    "tmux", "screen", "SCREEN", "zellij", "dtach", "abduco", "dvtm", "mosh-server", "byobu", "mtm",
    "etserver", "etterminal", "twin", "3mux", "shpool", "tab-daemon", "pymux", "splitvt",
  ]

  /// Record or show whole screens.
  package static let screenRecorders: Set<String> = [
    "obs", "wf-recorder", "wl-screenrec", "gpu-screen-recor", "gpu-screen-reco", "recordmydesktop",
    "simplescreenrec", "simplescreenreco", "kazam", "peek", "vokoscreen", "vokoscreenNG", "kooha",
    "byzanz-record", "x11vnc", "x0vncserver", "wayvnc", "krfb", "vino-server", "gnome-remote-de",
    "krdpserver", "anydesk", "teamviewer", "rustdesk", "istanbul", "spectacle", "fbgrab", "fbcat",
    "kmsgrab", "sunshine", "menyoki", "green-recorder", "screenkey",
  ]

  /// Read terminals and screens out, or show them in Braille.
  package static let assistive: Set<String> = [
    "brltty", "orca", "fenrir", "yasr", "tdsr", "espeakup", "speechd-up", "speakupd", "screader",
    "sbl", "cthulhu",
  ]

  /// Take remote logins.
  package static let logins: Set<String> = ["sshd", "sshd-session", "sshd-auth"]

  /// The folders of programs that the system itself installs.
  package static let systemFolders = [
    "/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/", "/usr/libexec/", "/usr/lib/", "/usr/local/bin/",
    "/usr/local/sbin/",
  ]

  /// Whether a process's own name or its program's is in a set; a name that the kernel cut (`tmux:
  /// server`) counts by its first word too.
  package static func isNamed(_ party: TerminalParty, _ names: Set<String>) -> Bool {
    isNamed(name: party.name, names) || names.contains(text(party.program))
  }

  /// The same of a process's name alone.
  package static func isNamed(name: [UInt8], _ names: Set<String>) -> Bool {
    if names.contains(text(name)) { return true }
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return names.contains(text(Array(name[..<colon])))
  }

  /// Bytes of a name or path as harmless text: printable ASCII, the rest as `?`, at most 64
  /// characters, the last of a longer one.
  package static func text(_ bytes: [UInt8]) -> String {
    let harmless = bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
    return String(decoding: harmless.suffix(64), as: UTF8.self)
  }
}
