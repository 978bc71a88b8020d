// SPDX-License-Identifier: Apache-2.0
// What the attacks share. Included last: its short names are macros.
#ifndef CATTACK_COMMON_H
#define CATTACK_COMMON_H

#include "CAttack.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define D ATTACK_DECODER
#define Z ATTACK_ZYGOTE
#define W ATTACK_WATCH
#define R ATTACK_REVIEW
#define ALL (D | Z | W | R)

#define COUNT(array) (sizeof(array) / sizeof *(array))

/// One file's share of the catalogue.
struct attack_list {
  const struct attack_probe *probes;
  size_t count;
};
extern const struct attack_list attack_files, attack_changes, attack_execution, attack_sockets,
  attack_processes, attack_terminals, attack_kernel, attack_store;

/// A path below the scene's folder.
static inline const char *below(const struct attack_scene *scene, const char *path, char *buffer) {
  snprintf(buffer, 512, "%s/%s", scene->folder, path);
  return buffer;
}

/// What a call's result says: 0 or errno.
static inline int verdict(long result) { return result < 0 ? errno : 0; }

/// The same of a raw system call that gives a descriptor, which is closed.
static inline int verdict_closing(long result) {
  if (result < 0) return errno;
  close((int)result);
  return 0;
}

/// Reads the marker from an open file, and closes it.
static inline int read_marker(int file) {
  char bytes[sizeof attack_marker] = {0};
  if (file < 0) return errno;
  ssize_t count = read(file, bytes, sizeof bytes);
  int error = count < 0 ? errno : 0;
  close(file);
  if (error) return error;
  return memcmp(bytes, attack_marker, sizeof bytes) == 0 ? 0 : ATTACK_NO_EFFECT;
}

typedef struct attack_scene scene_t;
typedef const struct attack_probe probe_t;

#endif
