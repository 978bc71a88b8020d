// SPDX-License-Identifier: Apache-2.0
// Ways to make, change, move or remove a file where the process must not.
#include <sys/mman.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/xattr.h>

#include "common.h"

#ifndef SYS_renameat2
#define SYS_renameat2 316
#endif
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static int create(scene_t *scene, probe_t *probe) {
  char path[512];
  int file = open(below(scene, probe->path, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return errno;
  int error = verdict(write(file, attack_marker, sizeof attack_marker));
  close(file);
  return error;
}

static int overwrite(scene_t *scene, probe_t *probe) {
  char path[512];
  int file = open(below(scene, probe->path, path), O_RDWR | O_CLOEXEC);
  if (file < 0) return errno;
  int error = verdict(write(file, "x", 1));
  close(file);
  return error;
}

static int append(scene_t *scene, probe_t *probe) {
  char path[512];
  int file = open(below(scene, probe->path, path), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) return errno;
  int error = verdict(write(file, "x", 1));
  close(file);
  return error;
}

static int open_truncating(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict_closing(open(below(scene, probe->path, path), O_RDONLY | O_TRUNC | O_CLOEXEC));
}

static int create_nameless(scene_t *scene, probe_t *probe) {
  char path[512], source[64], target[512];
  int file = open(below(scene, probe->path, path), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return errno;
  snprintf(source, sizeof source, "/proc/self/fd/%d", file);
  below(scene, "outside/named", target);
  int error = verdict(linkat(AT_FDCWD, source, AT_FDCWD, target, AT_SYMLINK_FOLLOW));
  close(file);
  return error;
}

static int create_shared_memory(scene_t *scene, probe_t *probe) {
  (void)probe;
  char name[64];
  snprintf(name, sizeof name, "/milkglass-attack-%d", (int)getpid());
  (void)scene;
  int file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (file < 0) return errno;
  close(file);
  shm_unlink(name);
  return 0;
}

/// `numbers[0]` tells which way `path` and `store/other` go.
static int hard_link(scene_t *scene, probe_t *probe) {
  char from[512], to[512];
  below(scene, probe->path, from);
  below(scene, probe->numbers[0] ? "outside/linked" : "vault/store/linked", to);
  return verdict(linkat(AT_FDCWD, from, AT_FDCWD, to, 0));
}

static int symbolic_link(scene_t *scene, probe_t *probe) {
  char target[512], path[512];
  below(scene, "outside/secret", target);
  int error = verdict(symlink(target, below(scene, probe->path, path)));
  return error ? error : read_marker(open(path, O_RDONLY | O_CLOEXEC));
}

static int move(scene_t *scene, probe_t *probe) {
  char from[512], to[512];
  below(scene, probe->path, from);
  below(scene, probe->numbers[0] ? "outside/moved" : "vault/store/moved", to);
  return verdict(rename(from, to));
}

static int exchange(scene_t *scene, probe_t *probe) {
  char from[512], to[512];
  below(scene, probe->path, from);
  below(scene, "vault/store/notes", to);
  return verdict(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 2));
}

static int truncate_path(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(truncate(below(scene, probe->path, path), 1));
}

static int change_mode(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(chmod(below(scene, probe->path, path), 0604));
}

static int change_mode_anew(scene_t *scene, probe_t *probe) {
  char path[512];
  below(scene, probe->path, path);
  return verdict(syscall(SYS_fchmodat2, AT_FDCWD, path, 0604, 0));
}

static int change_owner(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(chown(below(scene, probe->path, path), geteuid(), (gid_t)-1));
}

static int change_times(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(utimensat(AT_FDCWD, below(scene, probe->path, path), NULL, 0));
}

static int change_attribute(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(setxattr(below(scene, probe->path, path), "user.milkglass", "x", 1, 0));
}

static int make_fifo(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(mkfifo(below(scene, probe->path, path), 0600));
}

static int make_device(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(mknod(below(scene, probe->path, path), S_IFCHR | 0600, makedev(1, 3)));
}

static int remove_file(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(unlink(below(scene, probe->path, path)));
}

static int make_folder(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(mkdir(below(scene, probe->path, path), 0700));
}

static int remove_folder(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(rmdir(below(scene, probe->path, path)));
}

int attack_act(enum attack_act act, const char *folder, const char *name) {
  scene_t scene = {0};
  struct attack_probe probe = {.path = name};
  snprintf(scene.folder, sizeof scene.folder, "%s", folder);
  switch (act) {
  case ATTACK_READ: {
    char path[512];
    return read_marker(open(below(&scene, name, path), O_RDONLY | O_CLOEXEC));
  }
  case ATTACK_WRITE: return overwrite(&scene, &probe);
  case ATTACK_CREATE: return create(&scene, &probe);
  case ATTACK_UNLINK: return remove_file(&scene, &probe);
  }
  return EINVAL;
}

static const struct attack_probe probes[] = {
  {"make a file outside", ALL, NULL, create, "outside/new"},
  {"make a file among the clips", ALL, NULL, create, "vault/clips/new"},
  {"make a file among the keys", ALL, NULL, create, "vault/keys/new"},
  {"make a file in the policy", ALL, NULL, create, "vault/policy/new"},
  {"make a file in the vault's own folder", ALL, NULL, create, "vault/new"},
  {"make a file in the store", D | Z | W, NULL, create, "vault/store/new"},
  {"make a nameless file and name it", ALL, NULL, create_nameless, "outside"},
  {"make shared memory in /dev/shm", ALL, NULL, create_shared_memory},
  {"write to a file outside", ALL, NULL, overwrite, "outside/secret"},
  {"append to a file outside", ALL, NULL, append, "outside/secret"},
  {"write to a clip", ALL, NULL, overwrite, "vault/clips/one"},
  {"write to the key store", ALL, NULL, overwrite, "vault/keys/keys.mgk"},
  {"write to the policy", ALL, NULL, overwrite, "vault/policy/policy.toml"},
  {"write to another vault's store", ALL, NULL, overwrite, "other-vault/store/labels.sqlite"},
  {"cut a file short as it opens", ALL, NULL, open_truncating, "vault/keys/keys.mgk"},
  {"cut a file outside short", ALL, NULL, truncate_path, "outside/secret"},
  {"cut the key store short", ALL, NULL, truncate_path, "vault/keys/keys.mgk"},
  {"hard link of a file outside into the store", ALL, NULL, hard_link, "outside/secret", {0}},
  {"hard link of a clip into the store", ALL, NULL, hard_link, "vault/clips/one", {0}},
  {"hard link of a store file to outside", ALL, NULL, hard_link, "vault/store/notes", {1}},
  {"symbolic link in the store to outside", ALL, NULL, symbolic_link, "vault/store/link"},
  {"move a file outside into the store", ALL, NULL, move, "outside/secret", {0}},
  {"move a clip into the store", ALL, NULL, move, "vault/clips/one", {0}},
  {"move a store file to outside", ALL, NULL, move, "vault/store/notes", {1}},
  {"exchange a store file for one outside", ALL, NULL, exchange, "outside/secret"},
  {"exchange a store file for the key store", ALL, NULL, exchange, "vault/keys/keys.mgk"},
  {"change a file's mode", ALL, NULL, change_mode, "outside/secret"},
  {"change a file's mode (fchmodat2)", ALL, NULL, change_mode_anew, "outside/secret"},
  {"change a file's owner", ALL, NULL, change_owner, "outside/secret"},
  {"change a file's times", ALL, NULL, change_times, "outside/secret"},
  {"change a file's attributes", ALL, NULL, change_attribute, "outside/secret"},
  {"make a fifo in the store", ALL, NULL, make_fifo, "vault/store/fifo"},
  {"make a fifo outside", ALL, NULL, make_fifo, "outside/fifo"},
  {"make a device in the store", ALL, NULL, make_device, "vault/store/device"},
  {"remove a file outside", ALL, NULL, remove_file, "outside/secret"},
  {"remove a clip", ALL, NULL, remove_file, "vault/clips/one"},
  {"remove the key store", ALL, NULL, remove_file, "vault/keys/keys.mgk"},
  {"make a folder outside", ALL, NULL, make_folder, "outside/folder"},
  {"make a folder in the vault", ALL, NULL, make_folder, "vault/folder"},
  {"remove a folder outside", ALL, NULL, remove_folder, "outside/empty"},
};

const struct attack_list attack_changes = {probes, COUNT(probes)};
