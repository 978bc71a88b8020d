// SPDX-License-Identifier: Apache-2.0

/// The system's words for its errors, by the names that `errno(3)` gives them; parts of sentences.
package enum SystemPhrase: String, PhraseKey {
  package static let table = "system"

  case eperm
  case enoent
  case eio
  case enoexec
  case ebadf
  case echild
  case eagain
  case enomem
  case eacces
  case ebusy
  case eexist
  case enodev
  case enotdir
  case eisdir
  case einval
  case enfile
  case emfile
  case enotty
  case etxtbsy
  case efbig
  case enospc
  case erofs
  case epipe
  case enametoolong
  case enolck
  case enosys
  case enotempty
  case eloop
  case eopnotsupp
  case estale
  case edquot
  /// Takes the number.
  case other
  case notSealed = "not_sealed"
  /// Takes bytes.
  case wrongSize = "wrong_size"
  /// Takes MiB.
  case tooLarge = "too_large"
  case notAFile = "not_a_file"
}
