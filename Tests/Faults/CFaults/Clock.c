// SPDX-License-Identifier: Apache-2.0
// A wall clock that a test can set while the program runs. The monotonic clock stays what it is, as on
// a machine whose time is set.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "CFaults.h"

/// Milliseconds that the wall clock is ahead, in a mapped file; NULL in a program that is not touched.
static _Atomic int64_t *ahead;

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("MILKGLASS_FAULT_CLOCK");
  const char *program = getenv("MILKGLASS_FAULT_PROGRAM");
  if (path == NULL || program == NULL || strcmp(program, program_invocation_short_name) != 0) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (file < 0) fault_give_up("MILKGLASS_FAULT_CLOCK");
  void *mapping = mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
  if (mapping == MAP_FAILED) fault_give_up("mmap");
  close(file);
  ahead = mapping;
}

static int64_t milliseconds_ahead(void) { return ahead == NULL ? 0 : atomic_load(ahead); }

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (syscall(SYS_clock_gettime, clock, now) != 0) return -1;
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return 0;
  int64_t add = milliseconds_ahead();
  now->tv_sec += add / 1000;
  now->tv_nsec += add % 1000 * 1000000;
  if (now->tv_nsec < 0) {
    now->tv_nsec += 1000000000;
    now->tv_sec -= 1;
  } else if (now->tv_nsec >= 1000000000) {
    now->tv_nsec -= 1000000000;
    now->tv_sec += 1;
  }
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *now) {
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  if (now != NULL) *now = precise.tv_sec;
  return precise.tv_sec;
}
