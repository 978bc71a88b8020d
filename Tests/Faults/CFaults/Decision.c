// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CFaults.h"

enum fault_mode { MODE_COUNT, MODE_KILL_BEFORE, MODE_KILL_AFTER, MODE_KILL_HALF, MODE_FULL, MODE_FAIL };

static const char *const mode_names[] = {
  "count", "kill-before", "kill-after", "kill-half", "full", "fail",
};
static const char *const operation_names[] = {
  "create", "truncate", "write", "sync", "rename", "unlink", "mkdir", "link",
};

enum { MAX_FOLDERS = 8, MAX_PATH = 4096 };

static struct {
  pid_t process;
  enum fault_mode mode;
  long at;
  const char *folders[MAX_FOLDERS];
  int folder_count;
  char *report;
  size_t report_size;
} settings;

static atomic_long call_count;
static atomic_size_t report_end;

// MARK: - The report

__attribute__((format(printf, 1, 2))) static void report(const char *format, ...) {
  char line[3 * MAX_PATH];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  if (length < 0 || (size_t)length >= sizeof line) return;
  size_t start = atomic_fetch_add(&report_end, (size_t)length);
  // Beyond the end the call still counts; the harness sees that its line is missing.
  if (start + (size_t)length > settings.report_size) return;
  memcpy(settings.report + start, line, (size_t)length);
}

_Noreturn void fault_give_up(const char *why) {
  static const char name[] = "fault library: ";
  (void)syscall(SYS_write, 2, name, sizeof name - 1);
  (void)syscall(SYS_write, 2, why, strlen(why));
  (void)syscall(SYS_write, 2, "\n", 1);
  _exit(99);
}

// MARK: - Settings

static const char *setting(const char *name) {
  const char *value = getenv(name);
  if (value == NULL || *value == '\0') fault_give_up(name);
  return value;
}

static void map_report(const char *path) {
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0 || status.st_size < MAX_PATH) fault_give_up("report");
  settings.report_size = (size_t)status.st_size;
  settings.report = mmap(NULL, settings.report_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (settings.report == MAP_FAILED) fault_give_up("mmap");
  close(file);
  // The first line is the switch.
  atomic_store(&report_end, 2);
}

__attribute__((constructor)) static void start(void) {
  const char *program = getenv("MILKGLASS_FAULT_PROGRAM");
  if (program == NULL || strcmp(program, program_invocation_short_name) != 0) return;
  char *folders = strdup(setting("MILKGLASS_FAULT_FOLDERS"));
  if (folders == NULL) fault_give_up("memory");
  char *rest = folders;
  for (char *folder; (folder = strsep(&rest, ":")) != NULL;) {
    if (*folder != '/' || settings.folder_count == MAX_FOLDERS) fault_give_up("MILKGLASS_FAULT_FOLDERS");
    settings.folders[settings.folder_count++] = folder;
  }
  const char *mode = setting("MILKGLASS_FAULT_MODE");
  size_t count = sizeof mode_names / sizeof *mode_names;
  size_t index = 0;
  while (index < count && strcmp(mode, mode_names[index]) != 0) index++;
  if (index == count) fault_give_up("MILKGLASS_FAULT_MODE");
  settings.mode = (enum fault_mode)index;
  if (settings.mode != MODE_COUNT) settings.at = atol(setting("MILKGLASS_FAULT_AT"));
  map_report(setting("MILKGLASS_FAULT_REPORT"));
  settings.process = getpid();
  // What this program starts is none of our business.
  unsetenv("LD_PRELOAD");
}

/// Whether calls count now: not in another program, nor in a forked child of ours.
static bool is_on(void) {
  return settings.report != NULL && *(volatile char *)settings.report == 'A' &&
         (pid_t)syscall(SYS_getpid) == settings.process;
}

// MARK: - Paths

/// The path of a descriptor, or of the working folder for AT_FDCWD; false where there is none.
static bool path_of(int file, char *path) {
  char link[40] = "/proc/self/cwd";
  if (file != AT_FDCWD) snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, MAX_PATH - 1);
  if (length >= 0) {
    path[length] = '\0';
    return path[0] == '/';
  }
  // A call on a bad descriptor fails by itself. Anything else means that we see nothing.
  if (errno != ENOENT && errno != EBADF) report("blind\t%d\t%s\n", errno, link);
  return false;
}

/// Makes a path absolute and takes `.`, `..` and doubled slashes out of it.
static bool resolve(int folder, const char *path, char *result) {
  char whole[2 * MAX_PATH] = "";
  if (path == NULL || strlen(path) >= MAX_PATH) return false;
  if (*path != '/') {
    if (!path_of(folder, whole)) return false;
    strcat(whole, "/");
  }
  strcat(whole, path);
  size_t end = 0;
  char *rest = whole;
  for (char *name; (name = strsep(&rest, "/")) != NULL;) {
    size_t length = strlen(name);
    if (length == 0 || strcmp(name, ".") == 0) continue;
    if (strcmp(name, "..") == 0) {
      while (end > 0 && result[--end] != '/') {}
      continue;
    }
    if (end + length + 2 > MAX_PATH) return false;
    result[end++] = '/';
    memcpy(result + end, name, length);
    end += length;
  }
  result[end] = '\0';
  return true;
}

static bool is_watched(const char *path) {
  for (int index = 0; index < settings.folder_count; index++) {
    size_t length = strlen(settings.folders[index]);
    if (strncmp(path, settings.folders[index], length) != 0) continue;
    if (path[length] == '\0' || path[length] == '/') return true;
  }
  return false;
}

// MARK: - The decision

_Noreturn static void die(void) {
  syscall(SYS_kill, settings.process, SIGKILL);
  // Where a filter keeps a process from killing itself, this does it all the same.
  __builtin_trap();
}

/// The error of a disk without room; 0 for what needs none. What was written before the disk was
/// full can still be synced, and folders that have room for a name take one: so a sync and a
/// rename fail only where they are the first to notice.
static int error_of_full_disk(enum fault_operation operation, bool is_first) {
  switch (operation) {
    case FAULT_CREATE:
    case FAULT_WRITE:
    case FAULT_MKDIR:
    case FAULT_LINK: return ENOSPC;
    case FAULT_SYNC:
    case FAULT_RENAME: return is_first ? EDQUOT : 0;
    case FAULT_UNLINK:
    case FAULT_TRUNCATE: return 0;
  }
}

static struct fault_step decide(
  enum fault_operation operation, const char *path, const char *other, unsigned long size
) {
  struct fault_step step = {.number = atomic_fetch_add(&call_count, 1) + 1};
  report("call\t%ld\t%s\t%lu\t%s\t%s\n", step.number, operation_names[operation], size, path, other);
  bool is_due = step.number == settings.at;
  bool is_divisible = operation == FAULT_WRITE && size > 1;
  switch (settings.mode) {
    case MODE_COUNT: return step;
    case MODE_KILL_BEFORE:
    case MODE_KILL_AFTER: step.kills = is_due; break;
    case MODE_KILL_HALF: step.kills = step.is_half = is_due && is_divisible; break;
    case MODE_FAIL: step.error = is_due ? EIO : 0; break;
    case MODE_FULL:
      if (step.number < settings.at) break;
      // The last write to find room finds too little of it.
      step.is_half = is_due && is_divisible;
      if (!step.is_half) step.error = error_of_full_disk(operation, is_due);
      break;
  }
  if (step.kills || step.error != 0 || step.is_half) report("fired\t%ld\n", step.number);
  if (step.kills && settings.mode == MODE_KILL_BEFORE) die();
  return step;
}

struct fault_step fault_on_path(
  enum fault_operation operation, int folder, const char *path, int other_folder,
  const char *other
) {
  struct fault_step step = {0};
  if (!is_on()) return step;
  int saved = errno;
  char first[MAX_PATH];
  char second[MAX_PATH] = "";
  bool is_known = resolve(folder, path, first);
  if (other != NULL) is_known = resolve(other_folder, other, second) && is_known;
  if (is_known && (is_watched(first) || (other != NULL && is_watched(second)))) {
    step = decide(operation, first, second, 0);
  }
  errno = saved;
  return step;
}

struct fault_step fault_on_file(enum fault_operation operation, int file, unsigned long size) {
  struct fault_step step = {0};
  if (!is_on()) return step;
  int saved = errno;
  char path[MAX_PATH];
  if (path_of(file, path) && is_watched(path)) step = decide(operation, path, "", size);
  errno = saved;
  return step;
}

void fault_done(struct fault_step step) {
  if (step.kills) die();
}
