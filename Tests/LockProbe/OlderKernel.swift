// SPDX-License-Identifier: Apache-2.0

import CLinux
import CSeccomp
import Glibc

/// A filter that answers as kernels do that lack the newer locks.
///
/// Unsafe uses: libseccomp's context lives through the function; literals and a local array are lent.
enum OlderKernel {
  /// Makes this process believe it; false where that failed.
  static func pretend() -> Bool {
    guard let context = unsafe seccomp_init(SCMP_ACT_ALLOW) else { return false }
    defer { unsafe seccomp_release(context) }
    func fail(_ call: String, _ code: UInt32, _ tests: [scmp_arg_cmp] = []) -> Bool {
      let number = unsafe seccomp_syscall_resolve_name(call)
      return unsafe seccomp_rule_add_array(
        context, 0x0005_0000 | code, number, UInt32(tests.count), tests) == 0
    }
    func number(_ argument: UInt32, _ mask: UInt64, _ value: UInt64) -> [scmp_arg_cmp] {
      [scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)]
    }
    let (unknown, wrong) = (UInt32(ENOSYS), UInt32(EINVAL))
    let isTold =
      fail("landlock_create_ruleset", unknown)
      && fail("prctl", wrong, number(0, .max, UInt64(CL_SET_MDWE)))
      && fail("prctl", wrong, number(0, .max, UInt64(CL_GET_MDWE)))
      && fail("memfd_create", wrong, number(1, 8, 8))
    return isTold ? unsafe seccomp_load(context) == 0 : false
  }
}
