// SPDX-License-Identifier: Apache-2.0
// The C library's functions that change files, each in front of the one it hides. They make the
// system call themselves: what they hide does no more.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "CFaults.h"

/// Does a call as its step says.
#define GUARDED(step, call)          \
  do {                               \
    struct fault_step step_ = step;  \
    if (step_.error != 0) {          \
      errno = step_.error;           \
      return -1;                     \
    }                                \
    long result_ = call;             \
    int saved_ = errno;              \
    fault_done(step_);               \
    errno = saved_;                  \
    return result_;                  \
  } while (0)

// MARK: - Opening

static int open_at(int folder, const char *path, int flags, mode_t mode) {
  bool is_there = syscall(SYS_faccessat, folder, path, F_OK) == 0;
  struct fault_step step = {0};
  if ((flags & O_CREAT) != 0 && !is_there) {
    step = fault_on_path(FAULT_CREATE, folder, path, 0, NULL);
  } else if ((flags & O_TRUNC) != 0 && is_there) {
    step = fault_on_path(FAULT_TRUNCATE, folder, path, 0, NULL);
  }
  GUARDED(step, syscall(SYS_openat, folder, path, flags, mode));
}

/// The argument that is there only where a file may be made.
#define MODE_ARGUMENT(flags, mode)                       \
  mode_t mode = 0;                                       \
  if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
    va_list values;                                      \
    va_start(values, flags);                             \
    mode = va_arg(values, mode_t);                       \
    va_end(values);                                      \
  }

int open(const char *path, int flags, ...) {
  MODE_ARGUMENT(flags, mode)
  return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_ARGUMENT(flags, mode)
  return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE_ARGUMENT(flags, mode)
  return open_at(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  MODE_ARGUMENT(flags, mode)
  return open_at(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
  return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

// MARK: - Writing

ssize_t write(int file, const void *bytes, size_t count) {
  struct fault_step step = fault_on_file(FAULT_WRITE, file, count);
  GUARDED(step, syscall(SYS_write, file, bytes, step.is_half ? count / 2 : count));
}

static ssize_t write_at(int file, const void *bytes, size_t count, off_t offset) {
  struct fault_step step = fault_on_file(FAULT_WRITE, file, count);
  GUARDED(step, syscall(SYS_pwrite64, file, bytes, step.is_half ? count / 2 : count, offset));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return write_at(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  return write_at(file, bytes, count, offset);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  // One byte: whoever gathers may be told of a part of any size, so none is halved.
  GUARDED(fault_on_file(FAULT_WRITE, file, 1), syscall(SYS_writev, file, parts, count));
}

int ftruncate(int file, off_t size) {
  GUARDED(
    fault_on_file(FAULT_TRUNCATE, file, (unsigned long)size), syscall(SYS_ftruncate, file, size));
}

int ftruncate64(int file, off64_t size) { return ftruncate(file, size); }

int fallocate(int file, int mode, off_t offset, off_t size) {
  GUARDED(
    fault_on_file(FAULT_WRITE, file, 1), syscall(SYS_fallocate, file, mode, offset, size));
}

// MARK: - Making durable

int fsync(int file) { GUARDED(fault_on_file(FAULT_SYNC, file, 0), syscall(SYS_fsync, file)); }

int fdatasync(int file) {
  GUARDED(fault_on_file(FAULT_SYNC, file, 0), syscall(SYS_fdatasync, file));
}

// MARK: - Names

int renameat2(int folder, const char *path, int to_folder, const char *to, unsigned int flags) {
  GUARDED(
    fault_on_path(FAULT_RENAME, folder, path, to_folder, to),
    syscall(SYS_renameat2, folder, path, to_folder, to, flags));
}

int renameat(int folder, const char *path, int to_folder, const char *to) {
  return renameat2(folder, path, to_folder, to, 0);
}

int rename(const char *path, const char *to) {
  return renameat2(AT_FDCWD, path, AT_FDCWD, to, 0);
}

int unlinkat(int folder, const char *path, int flags) {
  GUARDED(
    fault_on_path(FAULT_UNLINK, folder, path, 0, NULL),
    syscall(SYS_unlinkat, folder, path, flags));
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode) {
  GUARDED(
    fault_on_path(FAULT_MKDIR, folder, path, 0, NULL), syscall(SYS_mkdirat, folder, path, mode));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int linkat(int folder, const char *path, int to_folder, const char *to, int flags) {
  GUARDED(
    fault_on_path(FAULT_LINK, folder, path, to_folder, to),
    syscall(SYS_linkat, folder, path, to_folder, to, flags));
}

int link(const char *path, const char *to) { return linkat(AT_FDCWD, path, AT_FDCWD, to, 0); }
