// SPDX-License-Identifier: Apache-2.0

import CLinux
import CSeccomp
import Glibc

/// A table of system calls, made into the kernel's own instructions (`seccomp(2)`).
///
/// Making it is the dear part; a process that forks makes it once for all its children.
struct SystemCallFilter: Hashable, Sendable {
  private let instructions: [UInt64]

  /// The number of instructions.
  var count: Int { instructions.count }

  /// Compiles a table; throws `EINVAL` with the name of a call that libseccomp does not know.
  init(_ rules: SystemCallRules) throws(SystemError) {
    let builder = try FilterBuilder(otherwise: rules.otherwise)
    for rule in rules.rules { try builder.add(rule) }
    instructions = try builder.instructions()
  }

  /// Puts it in force for the calling thread and what that starts later, for good.
  ///
  /// Unsafe use: the kernel reads the array's own count.
  func install() throws(SystemError) {
    try SystemError.check(
      "seccomp", unsafe cl_install_filter(instructions, UInt16(clamping: instructions.count)))
  }
}

/// libseccomp's context.
///
/// Unsafe uses: the context is owned here, released once, and not handed out.
@safe private final class FilterBuilder {
  private let context: scmp_filter_ctx

  init(otherwise: SystemCallAnswer) throws(SystemError) {
    guard let context = unsafe seccomp_init(Self.action(otherwise)) else {
      throw SystemError(call: "seccomp_init", code: ENOMEM)
    }
    unsafe self.context = unsafe context
    // Another architecture's calls have other numbers: they would pass for what they are not.
    try set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS)
    // A binary tree of calls: a chain would cost each of them.
    try set(SCMP_FLTATR_CTL_OPTIMIZE, 2)
  }

  deinit { unsafe seccomp_release(context) }

  func add(_ rule: SystemCallRule) throws(SystemError) {
    let tests = rule.tests.map {
      scmp_arg_cmp(
        arg: $0.argument, op: SCMP_CMP_MASKED_EQ, datum_a: $0.mask, datum_b: $0.value)
    }
    for call in rule.calls {
      let number = unsafe seccomp_syscall_resolve_name(call)
      guard number != Self.unknown else { throw SystemError(call: call, code: EINVAL) }
      // Negative otherwise: this architecture has no such call, so nothing can make it.
      if number < 0 { continue }
      try SystemError.check(
        "seccomp_rule_add \(call)",
        unsafe seccomp_rule_add_array(
          context, Self.action(rule.answer), number, UInt32(tests.count), tests))
    }
  }

  /// The kernel's instructions, eight bytes each, by way of a file in memory.
  func instructions() throws(SystemError) -> [UInt64] {
    let file = OwnedDescriptor(
      try SystemError.check("memfd_create", unsafe cl_memfd_create("milkglass-filter")))
    try SystemError.check("seccomp_export_bpf", unsafe seccomp_export_bpf(context, file.number))
    let byteCount = Int(cl_file_size(file.number))
    guard byteCount > 0, byteCount % 8 == 0, byteCount <= 8 * Self.mostInstructions else {
      throw SystemError(call: "seccomp_export_bpf", code: E2BIG)
    }
    var instructions = [UInt64](repeating: 0, count: byteCount / 8)
    guard unsafe pread(file.number, &instructions, byteCount, 0) == byteCount else {
      throw SystemError(call: "pread", code: EIO)
    }
    return instructions
  }

  private func set(_ attribute: scmp_filter_attr, _ value: UInt32) throws(SystemError) {
    try SystemError.check("seccomp_attr_set", unsafe seccomp_attr_set(context, attribute, value))
  }

  private static func action(_ answer: SystemCallAnswer) -> UInt32 {
    switch answer {
    case .allow: SCMP_ACT_ALLOW
    case .fail(let code): 0x0005_0000 | UInt32(UInt16(truncatingIfNeeded: code))
    case .kill: SCMP_ACT_KILL_PROCESS
    }
  }

  /// What libseccomp answers to a name that it does not know on any architecture.
  private static let unknown: Int32 = -1
  /// The kernel's limit (BPF_MAXINSNS).
  private static let mostInstructions = 4096
}
