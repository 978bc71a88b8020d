// SPDX-License-Identifier: Apache-2.0
// A process of the same user that wants another one's memory, by every way there is.
#include <dirent.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>

#include "common.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

int attack_become(uid_t user) {
  if (setgroups(0, NULL) < 0 || setresgid(user, user, user) < 0) return errno;
  if (setresuid(user, user, user) < 0) return errno;
  // The kernel hides a process that changed its user; this one hides nothing.
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  return 0;
}

int attack_execute_as(uid_t user, char *const arguments[]) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  // Were the program not to forbid core dumps, there would be one.
  struct rlimit any = {RLIM_INFINITY, RLIM_INFINITY};
  if (setrlimit(RLIMIT_CORE, &any) < 0 && getrlimit(RLIMIT_CORE, &any) == 0) {
    any.rlim_cur = any.rlim_max;
    setrlimit(RLIMIT_CORE, &any);
  }
  if (isatty(0) && fchown(0, user, (gid_t)-1) < 0) return errno;
  if (geteuid() != user) {
    int error = attack_become(user);
    if (error) return error;
  }
  // A program that was copied just now is busy while a child that was forked during its copying, by
  // another test, has not yet become its own program.
  for (int tries = 0; tries < 500; tries++) {
    execv(arguments[0], arguments);
    if (errno != ETXTBSY) break;
    usleep(10000);
  }
  return errno;
}

int attack_watch_end(const char *path, uid_t user, char *const arguments[]) {
  pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) _exit(attack_execute_as(user, arguments));
  // The terminal's signals are the child's business.
  for (int number = 1; number < 32; number++)
    if (number != SIGCHLD) signal(number, SIG_IGN);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return errno;
  FILE *file = fopen(path, "w");
  if (file == NULL) return errno;
  if (WIFSIGNALED(status))
    fprintf(file, "signal %d core %d\n", WTERMSIG(status), WCOREDUMP(status) ? 1 : 0);
  else fprintf(file, "exit %d core 0\n", WEXITSTATUS(status));
  return fclose(file) == 0 ? 0 : errno;
}

void attack_wait_as_victim(void) {
  char byte;
  // Something of its own for whoever opens its descriptors.
  syscall(SYS_memfd_create, "victim", 0);
  memcpy(attack_victim_memory, attack_marker, sizeof attack_marker);
  printf("%d %lu\n", (int)getpid(), (unsigned long)attack_victim_memory);
  fflush(stdout);
  while (read(0, &byte, 1) > 0) {}
}

struct reading {
  pid_t process;
  unsigned long address;
};

static int open_file_of(const struct reading *of, const char *name, int flags) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)of->process, name);
  return open(path, flags | O_CLOEXEC);
}

static int attach(const struct reading *of) {
  if (ptrace(PTRACE_ATTACH, of->process, NULL, NULL) < 0) return errno;
  waitpid(of->process, NULL, __WALL);
  errno = 0;
  ptrace(PTRACE_PEEKDATA, of->process, (void *)of->address, NULL);
  int error = errno;
  ptrace(PTRACE_DETACH, of->process, NULL, NULL);
  return error;
}

static int seize(const struct reading *of) {
  if (ptrace(PTRACE_SEIZE, of->process, NULL, NULL) < 0) return errno;
  int error = 0;
  if (ptrace(PTRACE_INTERRUPT, of->process, NULL, NULL) < 0) error = errno;
  waitpid(of->process, NULL, __WALL);
  ptrace(PTRACE_DETACH, of->process, NULL, NULL);
  return error;
}

static int read_vector(const struct reading *of) {
  char bytes[16];
  struct iovec here = {bytes, sizeof bytes};
  struct iovec there = {(void *)of->address, sizeof bytes};
  if (process_vm_readv(of->process, &here, 1, &there, 1, 0) < 0) return errno;
  return memcmp(bytes, attack_marker, sizeof bytes) == 0 ? 0 : ATTACK_NO_EFFECT;
}

static int write_vector(const struct reading *of) {
  struct iovec here = {(void *)attack_marker, 16};
  struct iovec there = {(void *)of->address, 16};
  return verdict(process_vm_writev(of->process, &here, 1, &there, 1, 0));
}

static int read_mem(const struct reading *of) {
  char bytes[16];
  int file = open_file_of(of, "mem", O_RDONLY);
  if (file < 0) return errno;
  ssize_t count = pread(file, bytes, sizeof bytes, (off_t)of->address);
  int error = count < 0 ? errno : 0;
  close(file);
  if (error) return error;
  return memcmp(bytes, attack_marker, sizeof bytes) == 0 ? 0 : ATTACK_NO_EFFECT;
}

static int read_any(const struct reading *of, const char *name) {
  char bytes[64];
  int file = open_file_of(of, name, O_RDONLY);
  if (file < 0) return errno;
  errno = 0;
  int error = read(file, bytes, sizeof bytes) > 0 ? 0 : errno ? errno : ATTACK_NO_EFFECT;
  close(file);
  return error;
}

static int read_environment(const struct reading *of) { return read_any(of, "environ"); }
static int read_maps(const struct reading *of) { return read_any(of, "maps"); }
static int read_words(const struct reading *of) { return read_any(of, "auxv"); }

static int list(const struct reading *of, const char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)of->process, name);
  DIR *folder = opendir(path);
  if (folder == NULL) return errno;
  int count = 0;
  while (readdir(folder) != NULL) count++;
  closedir(folder);
  return count > 2 ? 0 : ATTACK_NO_EFFECT;
}

static int list_descriptors(const struct reading *of) { return list(of, "fd"); }
static int list_mappings(const struct reading *of) { return list(of, "map_files"); }

/// Opens any of its descriptors anew: clips and pictures lie in memory behind them.
static int open_descriptors(const struct reading *of) {
  int error = ENOENT;
  for (int number = 0; number < 64; number++) {
    char name[16];
    snprintf(name, sizeof name, "fd/%d", number);
    int file = open_file_of(of, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (file >= 0) {
      close(file);
      return 0;
    }
    if (errno != ENOENT) error = errno;
  }
  return error;
}

static int read_descriptor_facts(const struct reading *of) { return read_any(of, "fdinfo/0"); }

static int take_descriptors(const struct reading *of) {
  int process = (int)syscall(SYS_pidfd_open, of->process, 0);
  if (process < 0) return errno;
  int error = ENOENT;
  for (int number = 0; number < 64 && error; number++) {
    int file = (int)syscall(SYS_pidfd_getfd, process, number, 0);
    if (file >= 0) {
      close(file);
      error = 0;
    } else if (errno != EBADF) error = errno;
  }
  close(process);
  return error;
}

static int follow(const struct reading *of, const char *name) {
  char path[64], target[256];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)of->process, name);
  return verdict(readlink(path, target, sizeof target));
}

static int follow_program(const struct reading *of) { return follow(of, "exe"); }
static int follow_folder(const struct reading *of) { return follow(of, "cwd"); }

/// /proc/PID/fdinfo of the older kernels, stack and syscall: what a debugger asks for first.
static int read_call(const struct reading *of) { return read_any(of, "syscall"); }

static const struct {
  const char *name;
  int (*read)(const struct reading *);
} ways[] = {
  {"ptrace, attach and peek", attach},
  {"ptrace, seize and interrupt", seize},
  {"process_vm_readv", read_vector},
  {"process_vm_writev", write_vector},
  {"/proc/PID/mem", read_mem},
  {"/proc/PID/environ", read_environment},
  {"/proc/PID/maps", read_maps},
  {"/proc/PID/auxv", read_words},
  {"/proc/PID/syscall", read_call},
  {"/proc/PID/fd, list", list_descriptors},
  {"/proc/PID/fd, open", open_descriptors},
  {"/proc/PID/fdinfo", read_descriptor_facts},
  {"/proc/PID/map_files", list_mappings},
  {"/proc/PID/exe", follow_program},
  {"/proc/PID/cwd", follow_folder},
  {"pidfd_getfd", take_descriptors},
};

int attack_read_process(pid_t target, unsigned long address) {
  const struct reading of = {target, address};
  int worked = 0;
  for (size_t i = 0; i < COUNT(ways); i++) {
    char name[32];
    int result = ways[i].read(&of);
    attack_name_result(result, name, sizeof name);
    printf("%s\t%s\n", ways[i].name, name);
    if (result == 0) worked++;
  }
  printf("read\t%d of %zu\n", worked, COUNT(ways));
  return worked;
}
