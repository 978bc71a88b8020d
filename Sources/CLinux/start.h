// SPDX-License-Identifier: Apache-2.0
//
// What the start of a program needs of the system: its environment and its descriptors.

#pragma once

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <nss.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/// An entry of the environment, `NAME=value`; NULL behind the last.
static inline const char *cl_environment_entry(int index) {
  return environ == NULL ? NULL : environ[index];
}

/// Empties the environment.
static inline void cl_empty_environment(void) {
  static char *none[] = {NULL};
  environ = none;
}

/// Closes all descriptors from first to last (close_range(2)).
static inline int cl_close_range(unsigned first, unsigned last) {
  return syscall(436, first, last, 0) < 0 ? -errno : 0;
}

/// Looks names of accounts and groups up in /etc/passwd and /etc/group alone from now on, without
/// loading what nsswitch.conf(5) names besides.
static inline void cl_look_names_up_in_files(void) {
  __nss_configure_lookup("passwd", "files");
  __nss_configure_lookup("group", "files");
}

/// Opens /dev/null under the lowest free number.
static inline int cl_open_null(void) {
  int fd = open("/dev/null", O_RDWR);
  return fd < 0 ? -errno : fd;
}

/// Runs a program to its end, with this one's standard streams, and gives its exit code; 128 and the
/// signal's number where one ended it, -errno where it cannot be started.
static inline int cl_run(const char *path, char *const arguments[], char *const environment[]) {
  pid_t pid = 0;
  int status = 0;
  int error = posix_spawn(&pid, path, NULL, NULL, arguments, environment);
  if (error != 0) return -error;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return -errno;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
