// SPDX-License-Identifier: Apache-2.0

/// Which names no object file of our targets may refer to, and the few that have a reason.
enum SymbolRules {
  /// Names by what they would do.
  static let forbidden: [String: Set<String>] = [
    "network": [
      "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "send", "sendto",
      "sendmsg", "sendmmsg", "recv", "recvfrom", "recvmsg", "recvmmsg", "shutdown", "getaddrinfo",
      "gethostbyname", "gethostbyname_r", "getpeername", "setsockopt", "getsockopt", "res_query",
      "mq_open", "msgget", "msgsnd", "shmget", "shmat", "shm_open",
    ],
    "programs": [
      "execve", "execv", "execvp", "execvpe", "execl", "execle", "execlp", "fexecve", "execveat",
      "posix_spawn", "posix_spawnp", "system", "popen", "wordexp",
    ],
    "processes": [
      "fork", "vfork", "_Fork", "clone", "daemon", "forkpty", "ptrace", "process_vm_readv",
      "process_vm_writev", "unshare", "setns", "mount", "chroot", "pidfd_open", "pidfd_getfd",
      "io_uring_setup",
    ],
    "code": ["dlopen", "dlmopen", "dlsym", "dlvsym", "iconv_open", "mprotect"],
    "encoder": [
      "avcodec_send_frame", "avcodec_receive_packet", "avcodec_find_encoder",
      "avcodec_find_encoder_by_name", "avcodec_encode_subtitle", "av_codec_iterate",
    ],
    "muxer": [
      "avformat_write_header", "avformat_alloc_output_context2", "avformat_new_stream",
      "av_write_frame", "av_interleaved_write_frame", "av_write_trailer", "av_guess_format",
      "avio_open", "avio_open2", "avio_closep", "avio_open_dyn_buf", "avformat_network_init",
      "av_find_best_stream_by_url",
    ],
    "image": [
      "png_create_write_struct", "png_write_image", "png_write_row", "jpeg_start_compress",
      "jpeg_write_scanlines", "TIFFOpen", "sixel_encode", "WebPEncodeRGB", "gdImagePng",
      "scr_dump", "putwin", "mcprint", "mcprint_sp",
    ],
  ]

  /// Parts of Swift's own names: Foundation's ways out.
  static let forbiddenParts: [String: [String]] = [
    "programs": ["10Foundation7ProcessC", "10Foundation6NSTaskC"],
    "network": [
      "17FoundationNetworking", "10Foundation10SocketPortC", "10Foundation4HostC",
      "10Foundation10NetServiceC", "10Foundation16CFNetwork",
    ],
    "out": ["10Foundation12OutputStreamC", "10Foundation15NSPasteboardC", "13FoundationXML"],
  ]

  /// What stands against the rules, with its reason.
  static let exceptions: [String: Set<String>] = [
    // The demo's and the tests' clips are made here; nothing else may encode.
    "scenegen": [
      "avcodec_send_frame", "avcodec_receive_packet", "avcodec_find_encoder_by_name",
      "avformat_write_header", "avformat_alloc_output_context2", "avformat_new_stream",
      "av_interleaved_write_frame", "av_write_trailer", "avio_open", "avio_closep",
    ],
    // Starts the zygote, which forks decoders, and speaks with it; starts the demo's scenegen and
    // the process for housekeeping, before there is a lock.
    "DecoderLink": ["posix_spawn", "fork", "sendmsg", "recvmsg"],
    // Makes the pair of sockets to the zygote.
    "Lockdown": ["socketpair"],
  ]

  /// The names of an object's list that the rules forbid, each with its kind.
  static func offences(_ names: Set<String>) -> [String: String] {
    var found: [String: String] = [:]
    for (kind, forbidden) in forbidden {
      for name in names.intersection(forbidden) { found[name] = kind }
    }
    for (kind, parts) in forbiddenParts {
      for part in parts where names.contains(where: { $0.contains(part) }) { found[part] = kind }
    }
    return found
  }

  /// The attack of the catalogue that shows how the locks refuse a name which libraries bring.
  static let coveredBy: [String: String] = [
    "socket": "socket: INET, stream", "socketpair": "socket pair: stream",
    "connect": "connect with an inherited TCP socket",
    "bind": "listen with an inherited TCP socket", "listen": "listen with an inherited TCP socket",
    "accept": "accept from an inherited listener", "accept4": "accept from an inherited listener",
    "send": "send with an inherited UDP socket", "sendto": "send with an inherited UDP socket",
    "sendmsg": "pass a descriptor by an inherited socket",
    "sendmmsg": "send by sendmmsg on an inherited socket",
    "recv": "accept from an inherited listener", "recvfrom": "accept from an inherited listener",
    "recvmsg": "pass a descriptor by an inherited socket",
    "shutdown": "connect with an inherited TCP socket",
    "getaddrinfo": "socket: INET, datagram", "gethostbyname": "socket: INET, datagram",
    "gethostbyname_r": "socket: INET, datagram", "res_query": "socket: INET, datagram",
    "getpeername": "connect with an inherited TCP socket",
    "setsockopt": "socket: INET, stream", "getsockopt": "socket: INET, stream",
    "shm_open": "make shared memory in /dev/shm", "shmget": "System V shared memory",
    "shmat": "attach shared memory to run it (shmat)", "mq_open": "POSIX message queue",
    "execve": "run a program (execve)", "execv": "run a program (execve)",
    "execvp": "run a program (execve)", "execvpe": "run a program (execve)",
    "execl": "run a program (execve)", "execle": "run a program (execve)",
    "execlp": "run a program (execve)", "fexecve": "run a program from memory (fexecve)",
    "posix_spawn": "run a program (posix_spawn)", "posix_spawnp": "run a program (posix_spawn)",
    "system": "run a shell (system)", "popen": "run a shell (system)",
    "fork": "fork", "vfork": "vfork", "_Fork": "fork", "clone": "clone a process",
    "ptrace": "trace another process (attach)",
    "process_vm_readv": "read another process's memory",
    "process_vm_writev": "write another process's memory",
    "chroot": "chroot", "unshare": "new mount namespace", "setns": "enter a namespace (setns)",
    "mount": "mount", "dlopen": "SQLite: load a library",
    "dlmopen": "SQLite: load a library", "dlsym": "SQLite: load a library",
    "dlvsym": "SQLite: load a library", "iconv_open": "SQLite: load a library",
    "mprotect": "make memory executable (mprotect)",
  ]
}
