// SPDX-License-Identifier: Apache-2.0
// What the database's own language can reach, were the process that writes labels taken over.
#include <sqlite3.h>

#include "common.h"

static int code(int result) { return result == SQLITE_OK ? 0 : ATTACK_SQLITE + result; }

/// Opens the label store and writes to it, which must work locked and unlocked.
static int open_store(scene_t *scene, sqlite3 **database) {
  char path[512];
  below(scene, "vault/store/labels.sqlite", path);
  const char *work =
    "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;"
    "CREATE TABLE IF NOT EXISTS label (name TEXT);"
    "INSERT INTO label VALUES ('person');";
  if (sqlite3_open(path, database) != SQLITE_OK) return ATTACK_BROKEN;
  return sqlite3_exec(*database, work, NULL, NULL, NULL) == SQLITE_OK ? 0 : ATTACK_BROKEN;
}

/// Runs a statement in which `%s` stands for the probe's path.
static int run_statement(scene_t *scene, const char *text, const char *name) {
  char path[512], statement[1200];
  sqlite3 *database = NULL;
  int error = open_store(scene, &database);
  if (error) return error;
  snprintf(statement, sizeof statement, text, below(scene, name, path));
  error = code(sqlite3_exec(database, statement, NULL, NULL, NULL));
  sqlite3_close(database);
  return error;
}

static int attach_and_read(scene_t *scene, probe_t *probe) {
  return run_statement(
    scene, "ATTACH '%s' AS other; SELECT count(*) FROM other.label;", probe->path);
}

static int attach_and_write(scene_t *scene, probe_t *probe) {
  return run_statement(
    scene, "ATTACH '%s' AS other; CREATE TABLE other.leak AS SELECT * FROM label;", probe->path);
}

static int vacuum_into(scene_t *scene, probe_t *probe) {
  return run_statement(scene, "VACUUM INTO '%s';", probe->path);
}

static int backup(scene_t *scene, probe_t *probe) {
  char path[512];
  sqlite3 *database = NULL, *copy = NULL;
  int error = open_store(scene, &database);
  if (error) return error;
  error = sqlite3_open(below(scene, probe->path, path), &copy);
  sqlite3_backup *work =
    error == SQLITE_OK ? sqlite3_backup_init(copy, "main", database, "main") : NULL;
  if (work != NULL) {
    sqlite3_backup_step(work, -1);
    error = sqlite3_backup_finish(work);
  }
  sqlite3_close(copy);
  sqlite3_close(database);
  return code(error);
}

static int copy_library(scene_t *scene, probe_t *probe) {
  char path[512], bytes[4096];
  (void)probe;
  int from = open(scene->library, O_RDONLY | O_CLOEXEC);
  int to = open(below(scene, "vault/store/library.so", path), O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
  if (from < 0 || to < 0) return errno;
  ssize_t count;
  while ((count = read(from, bytes, sizeof bytes)) > 0)
    if (write(to, bytes, (size_t)count) != count) return EIO;
  close(from);
  close(to);
  return 0;
}

static int load_from(scene_t *scene, const char *path) {
  sqlite3 *database = NULL;
  int error = open_store(scene, &database);
  if (error) return error;
  sqlite3_enable_load_extension(database, 1);
  error = code(sqlite3_load_extension(database, path, "attack_extension_init", NULL));
  sqlite3_close(database);
  return error;
}

static int load_library(scene_t *scene, probe_t *probe) {
  (void)probe;
  return load_from(scene, scene->library);
}

static int load_own_library(scene_t *scene, probe_t *probe) {
  char path[512];
  return load_from(scene, below(scene, probe->path, path));
}

static int temporary_folder(scene_t *scene, probe_t *probe) {
  char path[512];
  sqlite3 *database = NULL;
  int error = open_store(scene, &database);
  if (error) return error;
  sqlite3_temp_directory = sqlite3_mprintf("%s", below(scene, probe->path, path));
  error = code(sqlite3_exec(
    database,
    "PRAGMA temp_store = FILE; PRAGMA cache_size = 1; CREATE TEMP TABLE t (x);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
    "INSERT INTO t SELECT zeroblob(600) FROM n;",
    NULL, NULL, NULL));
  sqlite3_close(database);
  return error;
}

static const struct attack_probe probes[] = {
  {"SQLite: read a database outside (ATTACH)", R, NULL, attach_and_read,
   "other-vault/store/labels.sqlite"},
  {"SQLite: write a database outside (ATTACH)", R, NULL, attach_and_write, "outside/leak.sqlite"},
  {"SQLite: write a database among the clips (ATTACH)", R, NULL, attach_and_write,
   "vault/clips/leak.sqlite"},
  {"SQLite: copy the store outside (VACUUM INTO)", R, NULL, vacuum_into, "outside/leak.sqlite"},
  {"SQLite: copy the store outside (backup)", R, NULL, backup, "outside/leak.sqlite"},
  {"SQLite: load a library", R, NULL, load_library},
  {"SQLite: load a library that lies in the store", R, copy_library, load_own_library,
   "vault/store/library.so"},
  {"SQLite: temporary files outside", R, NULL, temporary_folder, "outside"},
};

const struct attack_list attack_store = {probes, COUNT(probes)};
