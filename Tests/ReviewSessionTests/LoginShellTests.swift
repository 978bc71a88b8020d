// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ReviewSession

/// A login shell's start told from a command's.
@Suite struct LoginShellTests {
  @Test(arguments: [
    ["-milkglass"], ["-milkglass", "-c", "ls"], ["milkglass", "-c", "/usr/lib/sftp-server"],
    ["/usr/bin/milkglass", "-c", "scp -t ."], ["milkglass", "-c"], ["milkglass", "-cls"],
    ["milkglass-kiosk"], ["/usr/bin/milkglass-kiosk", "labels", "export"],
    ["-milkglass-kiosk", "--help"], ["milkglass", "-c", "rsync --server . ; milkglass --kioskx"],
  ])
  func reviewsWhateverItIsAsked(_ words: [String]) throws {
    let start = try #require(LoginShell.start(words))
    #expect(start.arguments == ["review", "--kiosk"])
    #expect(start.ignoresCommand == (words.count > 1))
  }

  @Test(arguments: [
    "milkglass review --kiosk", "/usr/bin/milkglass review --kiosk /srv/vault",
    "milkglass-kiosk --kiosk",
  ])
  func isSilentAboutItsOwnCommand(_ command: String) throws {
    let start = try #require(LoginShell.start(["milkglass", "-c", command]))
    #expect(start.arguments == ["review", "--kiosk"] && !start.ignoresCommand)
  }

  @Test(arguments: [
    [], ["milkglass"], ["milkglass", "review", "--kiosk"], ["/usr/bin/milkglass", "--help"],
    ["milkglass", "doctor", "-c"],
  ])
  func leavesCommandsAlone(_ words: [String]) {
    #expect(LoginShell.start(words) == nil)
  }
}
