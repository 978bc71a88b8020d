// SPDX-License-Identifier: Apache-2.0
// The files that an attack finds around it.
#include <ftw.h>
#include <sqlite3.h>

#include "common.h"

static const char *const folders[] = {
  "outside",      "outside/empty", "vault",       "vault/clips",      "vault/keys",
  "vault/policy", "vault/store",   "other-vault", "other-vault/keys", "other-vault/store",
};

static const char *const files[] = {
  "outside/secret",    "vault/clips/one",           "vault/keys/keys.mgk",
  "vault/store/notes", "other-vault/keys/keys.mgk", "vault/policy/policy.toml",
};

static int write_file(const char *path, const void *bytes, size_t count, mode_t mode) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return errno;
  int error = write(file, bytes, count) == (ssize_t)count ? 0 : EIO;
  close(file);
  return error;
}

static int copy_program(const char *from, const char *path) {
  static char bytes[1 << 20];
  int file = open(from, O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno;
  ssize_t count = read(file, bytes, sizeof bytes);
  close(file);
  return count > 0 ? write_file(path, bytes, (size_t)count, 0700) : EIO;
}

static int make_database(const char *path) {
  sqlite3 *database = NULL;
  int result = sqlite3_open(path, &database);
  if (result == SQLITE_OK)
    result = sqlite3_exec(
      database,
      "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; CREATE TABLE label (name TEXT);",
      NULL, NULL, NULL);
  sqlite3_close(database);
  return result == SQLITE_OK ? 0 : EIO;
}

int attack_build(const char *folder, const char *program) {
  scene_t scene = {0};
  char path[512], target[512];
  int error = 0;
  snprintf(scene.folder, sizeof scene.folder, "%s", folder);
  for (size_t i = 0; i < COUNT(folders); i++)
    if (mkdir(below(&scene, folders[i], path), 0700) < 0) return errno;
  for (size_t i = 0; i < COUNT(files) && !error; i++)
    error = write_file(below(&scene, files[i], path), attack_marker, sizeof attack_marker, 0600);
  if (!error) error = copy_program(program, below(&scene, "outside/program", path));
  if (!error) error = copy_program(program, below(&scene, "vault/store/program", path));
  if (!error) error = make_database(below(&scene, "other-vault/store/labels.sqlite", path));
  below(&scene, "outside/secret", target);
  if (!error) error = verdict(symlink(target, below(&scene, "vault/store/planted", path)));
  return error;
}

int attack_make_place(const char *path) {
  char name[512];
  if (mkdir(path, 0700) < 0) return errno;
  snprintf(name, sizeof name, "%s/secret", path);
  return write_file(name, attack_marker, sizeof attack_marker, 0600);
}

static int remove_entry(const char *path, const struct stat *facts, int kind, struct FTW *place) {
  (void)facts, (void)kind, (void)place;
  remove(path);
  return 0;
}

void attack_remove(const char *folder) {
  nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
