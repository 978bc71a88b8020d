// SPDX-License-Identifier: Apache-2.0

import CLinux

/// The memory that the C library keeps for later.
package enum HeapMemory {
  /// Gives pages that hold nothing any more back to the kernel, so that what stood there is gone.
  package static func giveBack() { cl_trim_heap() }
}
