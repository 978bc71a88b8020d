// SPDX-License-Identifier: Apache-2.0
// A library for LD_PRELOAD that counts a program's changes to the files below some folders, and
// kills the program or fails one of them, and that lets a test set the program's wall clock. Its
// settings are environment variables:
//
//   MILKGLASS_FAULT_PROGRAM  the short name of the only program it touches
//   MILKGLASS_FAULT_FOLDERS  absolute folders without links in their paths, separated by ':'
//   MILKGLASS_FAULT_REPORT   a file of zeros, mapped and written as text; its first byte is 'A'
//                            while calls count, and may be changed while the program runs
//   MILKGLASS_FAULT_MODE     one of the names of `enum fault_mode`
//   MILKGLASS_FAULT_AT       the number of the call, from 1; none in mode count
//   MILKGLASS_FAULT_CLOCK    a file with the milliseconds that its wall clock is ahead, 64 bits,
//                            little-endian, mapped: a test changes them while it runs; none leaves
//                            the clock alone
//
// The report is a mapping and no file that is written to, so that it outlives SIGKILL and needs no
// descriptor and no system call while the program runs.
#ifndef CFAULTS_H
#define CFAULTS_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

/// What happens to a call.
enum fault_operation {
  FAULT_CREATE,
  FAULT_TRUNCATE,
  FAULT_WRITE,
  FAULT_SYNC,
  FAULT_RENAME,
  FAULT_UNLINK,
  FAULT_MKDIR,
  FAULT_LINK,
};

/// One counted call, decided upon.
struct fault_step {
  /// Its number from 1; 0 where it does not count.
  long number;
  /// The error to fail with instead of doing it; 0 to do it.
  int error;
  /// Do half of it, if it is a write of two bytes or more.
  bool is_half;
  /// Kill the process when it, or half of it, is done.
  bool kills;
};

/// Counts and decides on a change of a name; `other` is a second name or NULL.
struct fault_step fault_on_path(
  enum fault_operation operation, int folder, const char *path, int other_folder,
  const char *other);

/// Counts and decides on a change of an open file.
struct fault_step fault_on_file(enum fault_operation operation, int file, unsigned long size);

/// Ends a call that was done.
void fault_done(struct fault_step step);

/// Ends a program whose settings are wrong.
_Noreturn void fault_give_up(const char *why);

#pragma GCC visibility pop

#endif
