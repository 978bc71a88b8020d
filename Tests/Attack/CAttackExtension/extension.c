// SPDX-License-Identifier: Apache-2.0
// A library that somebody would like to have loaded: by SQLite, or by LD_PRELOAD. Where it is
// loaded, it writes the process's name to the file that MILKGLASS_ATTACK_MARK names.
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int attack_extension_init(void *database, char **error, const void *functions);

int attack_extension_init(void *database, char **error, const void *functions) {
  (void)database, (void)error, (void)functions;
  return 0;
}

__attribute__((constructor)) static void leave_mark(void) {
  const char *path = getenv("MILKGLASS_ATTACK_MARK");
  char name[32];
  if (path == NULL) return;
  int own = open("/proc/self/comm", O_RDONLY | O_CLOEXEC);
  int mark = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ssize_t count = own < 0 ? 0 : read(own, name, sizeof name);
  if (mark >= 0 && count > 0) count = write(mark, name, (size_t)count);
  if (own >= 0) close(own);
  if (mark >= 0) close(mark);
}
