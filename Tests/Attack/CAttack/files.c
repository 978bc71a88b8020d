// SPDX-License-Identifier: Apache-2.0
// Ways to read a file that is none of the process's business.
#include <dirent.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>

#include "common.h"

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

static int read_path(scene_t *scene, probe_t *probe) {
  char path[512];
  return read_marker(open(below(scene, probe->path, path), O_RDONLY | O_CLOEXEC));
}

/// The system's own files do not hold the marker: any bytes will do.
static int read_system(scene_t *scene, probe_t *probe) {
  (void)scene;
  char bytes[8192];
  int file = open(probe->path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno;
  int error = read(file, bytes, sizeof bytes) > 0 ? 0 : errno ? errno : ATTACK_NO_EFFECT;
  close(file);
  return error;
}

static int read_from_store(scene_t *scene, probe_t *probe) {
  char path[512];
  int folder = open(below(scene, "vault/store", path), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return errno;
  int error = read_marker(openat(folder, probe->path, O_RDONLY | O_CLOEXEC));
  close(folder);
  return error;
}

static int hold_folder(scene_t *scene, probe_t *probe) {
  char path[512];
  scene->held[0] = open(below(scene, probe->path, path), O_PATH | O_DIRECTORY | O_CLOEXEC);
  return verdict(scene->held[0]);
}

static int read_from_held_folder(scene_t *scene, probe_t *probe) {
  (void)probe;
  return read_marker(openat(scene->held[0], "secret", O_RDONLY | O_CLOEXEC));
}

static int read_by_root(scene_t *scene, probe_t *probe) {
  char path[512], whole[600];
  snprintf(whole, sizeof whole, "/proc/self/root%s", below(scene, probe->path, path));
  return read_marker(open(whole, O_RDONLY | O_CLOEXEC));
}

static int hold_file(scene_t *scene, probe_t *probe) {
  char path[512];
  scene->held[0] = open(below(scene, probe->path, path), O_RDONLY | O_CLOEXEC);
  return verdict(scene->held[0]);
}

static int hold_place(scene_t *scene, probe_t *probe) {
  char path[512];
  scene->held[0] = open(below(scene, probe->path, path), O_PATH | O_CLOEXEC);
  return verdict(scene->held[0]);
}

static int reopen_held(scene_t *scene, probe_t *probe) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", scene->held[0]);
  int file = open(path, (int)probe->numbers[0] | O_CLOEXEC);
  if (probe->numbers[0] == O_RDONLY) return read_marker(file);
  if (file < 0) return errno;
  int error = verdict(write(file, "x", 1));
  close(file);
  return error;
}

static int open_by_openat2(scene_t *scene, probe_t *probe) {
  struct { unsigned long long flags, mode, resolve; } how = {O_RDONLY | O_CLOEXEC, 0, 0};
  char path[512];
  below(scene, probe->path, path);
  return read_marker((int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how));
}

static int open_by_open(scene_t *scene, probe_t *probe) {
#ifdef SYS_open
  char path[512];
  return read_marker((int)syscall(SYS_open, below(scene, probe->path, path), O_RDONLY));
#else
  return read_path(scene, probe);
#endif
}

union handle_room {
  struct file_handle handle;
  char room[sizeof(struct file_handle) + 128];
};

static int open_by_handle(scene_t *scene, probe_t *probe) {
  char path[512];
  int mount = 0;
  union handle_room *held = calloc(1, sizeof *held);
  if (held == NULL) return ENOMEM;
  held->handle.handle_bytes = 128;
  int error = verdict(
    name_to_handle_at(AT_FDCWD, below(scene, probe->path, path), &held->handle, &mount, 0));
  if (error == 0) {
    int folder = open(scene->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    error = folder < 0 ? errno : read_marker(open_by_handle_at(folder, &held->handle, O_RDONLY));
    if (folder >= 0) close(folder);
  }
  free(held);
  return error;
}

static int list_folder(scene_t *scene, probe_t *probe) {
  char path[512], entries[1024];
  int folder = open(below(scene, probe->path, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return errno;
  long count = syscall(SYS_getdents64, folder, entries, sizeof entries);
  int error = count > 0 ? 0 : count < 0 ? errno : ATTACK_NO_EFFECT;
  close(folder);
  return error;
}

static int look_at(scene_t *scene, probe_t *probe) {
  char path[512];
  struct stat facts;
  return verdict(stat(below(scene, probe->path, path), &facts));
}

static int follow_link(scene_t *scene, probe_t *probe) {
  char path[512], target[512];
  return verdict(readlink(below(scene, probe->path, path), target, sizeof target));
}

static int change_folder(scene_t *scene, probe_t *probe) {
  char path[512];
  int error = verdict(chdir(below(scene, probe->path, path)));
  return error ? error : read_marker(open("secret", O_RDONLY | O_CLOEXEC));
}

static int watch_file(scene_t *scene, probe_t *probe) {
  char path[512];
  int watch = inotify_init1(IN_CLOEXEC);
  if (watch < 0) return errno;
  int error = verdict(inotify_add_watch(watch, below(scene, probe->path, path), IN_ALL_EVENTS));
  close(watch);
  return error;
}

static int watch_all(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict_closing(fanotify_init(FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_REPORT_FID, O_RDONLY));
}

static const struct attack_probe probes[] = {
  {"read a file by its absolute path", D | Z | R, NULL, read_path, "outside/secret"},
  {"read a file of another vault", D | Z | R, NULL, read_path, "other-vault/keys/keys.mgk"},
  {"read a clip of this vault", D | Z, NULL, read_path, "vault/clips/one"},
  {"read /etc/passwd", D | Z | R, NULL, read_system, "/etc/passwd"},
  {"read /etc/hostname", D | Z | R, NULL, read_system, "/etc/hostname"},
  {"read /proc/self/environ", D | R, NULL, read_system, "/proc/self/environ"},
  {"read /proc/self/maps", D | R, NULL, read_system, "/proc/self/maps"},
  {"read /proc/1/stat", D | R, NULL, read_system, "/proc/1/stat"},
  {"read the kernel's messages", D | Z | R, NULL, read_system, "/dev/kmsg"},
  {"read the Linux console's screen", D | Z | R, NULL, read_system, "/dev/vcs1"},
  {"read a file through ..", D | Z | R, NULL, read_path, "vault/store/../../outside/secret"},
  {"read a file through .. from the store", D | Z | R, NULL, read_from_store,
   "../../outside/secret"},
  {"read a file through a planted symbolic link", D | Z | R, NULL, read_path,
   "vault/store/planted"},
  {"read from a folder held open", D | Z | R, hold_folder, read_from_held_folder, "outside"},
  {"read a file through /proc/self/root", D | Z | R, NULL, read_by_root, "outside/secret"},
  {"read a held place through /proc/self/fd", D | Z | R, hold_place, reopen_held,
   "outside/secret", {O_RDONLY}},
  {"write a held file through /proc/self/fd", ALL, hold_file, reopen_held, "outside/secret",
   {O_RDWR}},
  {"write the policy through /proc/self/fd", ALL, hold_file, reopen_held,
   "vault/policy/policy.toml", {O_WRONLY}},
  {"open a file with openat2", ALL, NULL, open_by_openat2, "outside/secret"},
  {"open a file with open", D | Z | R, NULL, open_by_open, "outside/secret"},
  {"open a file by its handle", ALL, NULL, open_by_handle, "outside/secret"},
  {"list a folder", D | Z | R, NULL, list_folder, "outside"},
  {"list /dev/shm", D | Z | R, NULL, list_folder, "../../../../../../../../../../dev/shm"},
  {"look at a file (stat)", D | Z, NULL, look_at, "outside/secret"},
  {"read a symbolic link", D, NULL, follow_link, "vault/store/planted"},
  {"change the working folder", D | Z | R, NULL, change_folder, "outside"},
  {"watch a file (inotify)", ALL, NULL, watch_file, "outside/secret"},
  {"watch all files (fanotify)", ALL, NULL, watch_all},
};

const struct attack_list attack_files = {probes, COUNT(probes)};
