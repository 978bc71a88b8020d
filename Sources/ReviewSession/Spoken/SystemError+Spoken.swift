// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Glibc
internal import Lockdown
internal import Vocabulary

extension Texts {
  /// The system's words for an `errno` value; its number where it is none that is met here.
  func system(_ code: Int32) -> String {
    Self.systemPhrases[code].map { self($0) } ?? self(SystemPhrase.other, code)
  }

  /// Those that a session, its files or its decoders can meet.
  static let systemPhrases: [Int32: SystemPhrase] = [
    EPERM: .eperm, ENOENT: .enoent, EIO: .eio, ENOEXEC: .enoexec, EBADF: .ebadf, ECHILD: .echild,
    EAGAIN: .eagain, ENOMEM: .enomem, EACCES: .eacces, EBUSY: .ebusy, EEXIST: .eexist,
    ENODEV: .enodev, ENOTDIR: .enotdir, EISDIR: .eisdir, EINVAL: .einval, ENFILE: .enfile,
    EMFILE: .emfile, ENOTTY: .enotty, ETXTBSY: .etxtbsy, EFBIG: .efbig, ENOSPC: .enospc,
    EROFS: .erofs, EPIPE: .epipe, ENAMETOOLONG: .enametoolong, ENOLCK: .enolck, ENOSYS: .enosys,
    ENOTEMPTY: .enotempty, ELOOP: .eloop, EOPNOTSUPP: .eopnotsupp, ESTALE: .estale,
    EDQUOT: .edquot,
  ]
}

extension SystemError {
  /// The call and the system's words, in the reviewer's language.
  func spoken(_ texts: Texts) -> String { "\(call): \(texts.system(code))" }
}

extension MemoryError {
  /// Why memory could not be shared, as a part of a sentence.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .system(let error): error.spoken(texts)
    case .notSealed: texts(SystemPhrase.notSealed)
    case .wrongSize(let count): texts(SystemPhrase.wrongSize, count)
    case .tooLarge(let limit): texts(SystemPhrase.tooLarge, limit >> 20)
    case .notAFile: texts(SystemPhrase.notAFile)
    }
  }
}

extension SystemFailure {
  /// What could not be done to a file, and why.
  func spoken(_ texts: Texts) -> String {
    let what = texts(purpose.phrase)
    return switch code {
    case ENOSPC, EDQUOT: texts(FilePhrase.diskFull, what, path)
    case EACCES, EPERM: texts(FilePhrase.notPermitted, what, path)
    case EROFS: texts(FilePhrase.readOnly, what, path)
    case ENOENT: texts(FilePhrase.missing, path)
    case EISDIR: texts(FilePhrase.isFolder, path)
    default: texts(FilePhrase.otherwise, what, path, texts.system(code))
    }
  }
}

extension SystemFailure.Purpose {
  fileprivate var phrase: FilePhrase {
    switch self {
    case .read: .read
    case .write: .write
    case .create: .create
    case .remove: .remove
    case .lock: .lock
    case .list: .list
    }
  }
}
