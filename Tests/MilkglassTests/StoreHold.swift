// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

/// Keeps every other process from writing to a vault's store, while it lives.
///
/// It takes SQLite's own write lock of the WAL: byte 120 of the file `-shm` (walformat, "The
/// WAL-Index File Format": 22 words of header and checkpoint data, then eight locks).
///
/// Unsafe uses: one `flock` structure that lives across the call.
struct StoreHold: ~Copyable {
  private let descriptor: Int32

  init(_ vault: TestVault) throws {
    let path = vault.folder.path + "/vault/store/labels.sqlite-shm"
    descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0, "the store has no shared memory file")
    var lock = flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 120, l_len: 1, l_pid: 0)
    var result = unsafe fcntl(descriptor, F_SETLKW, &lock)
    while result < 0, errno == EINTR { result = unsafe fcntl(descriptor, F_SETLKW, &lock) }
    try #require(result == 0, "the store's write lock could not be had")
  }

  deinit { close(descriptor) }
}
