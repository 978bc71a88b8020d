// SPDX-License-Identifier: Apache-2.0
// Ways to read, change, signal or name another process of the same user.
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>

#include "common.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif

char attack_victim_memory[16];

static int is_marker(const char *bytes) {
  return memcmp(bytes, attack_marker, sizeof attack_marker) == 0 ? 0 : ATTACK_NO_EFFECT;
}

static int trace(scene_t *scene, probe_t *probe) {
  long request = probe->numbers[0];
  if (ptrace((enum __ptrace_request)request, scene->victim, NULL, NULL) < 0) return errno;
  if (request == PTRACE_ATTACH) waitpid(scene->victim, NULL, __WALL);
  if (request == PTRACE_ATTACH) ptrace(PTRACE_DETACH, scene->victim, NULL, NULL);
  return 0;
}

static int let_parent_trace(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int read_memory(scene_t *scene, probe_t *probe) {
  (void)probe;
  char bytes[sizeof attack_victim_memory] = {0};
  struct iovec here = {bytes, sizeof bytes};
  struct iovec there = {attack_victim_memory, sizeof attack_victim_memory};
  if (process_vm_readv(scene->victim, &here, 1, &there, 1, 0) < 0) return errno;
  return is_marker(bytes);
}

static int write_memory(scene_t *scene, probe_t *probe) {
  (void)probe;
  char bytes[sizeof attack_victim_memory] = "changed";
  struct iovec here = {bytes, sizeof bytes};
  struct iovec there = {attack_victim_memory, sizeof attack_victim_memory};
  return verdict(process_vm_writev(scene->victim, &here, 1, &there, 1, 0));
}

static int open_of_victim(scene_t *scene, const char *name, int flags) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)scene->victim, name);
  return open(path, flags | O_CLOEXEC);
}

static int read_memory_file(scene_t *scene, probe_t *probe) {
  (void)probe;
  char bytes[sizeof attack_victim_memory] = {0};
  int file = open_of_victim(scene, "mem", O_RDONLY);
  if (file < 0) return errno;
  ssize_t count = pread(file, bytes, sizeof bytes, (off_t)attack_victim_memory);
  int error = count < 0 ? errno : is_marker(bytes);
  close(file);
  return error;
}

static int write_memory_file(scene_t *scene, probe_t *probe) {
  (void)probe;
  int file = open_of_victim(scene, "mem", O_RDWR);
  if (file < 0) return errno;
  int error = verdict(pwrite(file, "changed", 7, (off_t)attack_victim_memory));
  close(file);
  return error;
}

static int write_own_memory_file(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  int file = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
  if (file < 0) return errno;
  int error = verdict(pwrite(file, "changed", 7, (off_t)attack_victim_memory));
  close(file);
  return error;
}

static int read_facts(scene_t *scene, probe_t *probe) {
  char bytes[64];
  int file = open_of_victim(scene, probe->path, O_RDONLY);
  if (file < 0) return errno;
  int error = read(file, bytes, sizeof bytes) > 0 ? 0 : errno ? errno : ATTACK_NO_EFFECT;
  close(file);
  return error;
}

/// The victim's own terminal, by its descriptor 0.
static int open_descriptor(scene_t *scene, probe_t *probe) {
  return verdict_closing(open_of_victim(scene, probe->path, O_RDONLY | O_NOCTTY));
}

static int open_process(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict_closing(syscall(SYS_pidfd_open, scene->victim, 0));
}

static int hold_process(scene_t *scene, probe_t *probe) {
  (void)probe;
  scene->held[0] = (int)syscall(SYS_pidfd_open, scene->victim, 0);
  return verdict(scene->held[0]);
}

static int take_descriptor(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict_closing(syscall(SYS_pidfd_getfd, scene->held[0], 0, 0));
}

static int signal_by_descriptor(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(syscall(SYS_pidfd_send_signal, scene->held[0], SIGUSR1, NULL, 0));
}

static int advise_process(scene_t *scene, probe_t *probe) {
  (void)probe;
  static char page[4096] __attribute__((aligned(4096)));
  struct iovec there = {page, sizeof page};
  const int cold = 20;
  return verdict(syscall(SYS_process_madvise, scene->held[0], &there, 1, cold, 0));
}

static int signal_victim(scene_t *scene, probe_t *probe) {
  return verdict(kill(scene->victim, (int)probe->numbers[0]));
}

static int signal_parent(scene_t *scene, probe_t *probe) {
  return verdict(kill(scene->parent, (int)probe->numbers[0]));
}

static int signal_thread(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(syscall(SYS_tgkill, scene->victim, scene->victim, SIGUSR1));
}

static int signal_old_way(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(syscall(SYS_tkill, scene->victim, SIGUSR1));
}

static int queue_signal(scene_t *scene, probe_t *probe) {
  (void)probe;
  union sigval value = {.sival_int = 1};
  return verdict(sigqueue(scene->victim, SIGUSR1, value));
}

static int hold_pipe(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(pipe2(scene->held, O_CLOEXEC));
}

/// Lets the kernel send the signal, when bytes come to a pipe.
static int signal_by_owner(scene_t *scene, probe_t *probe) {
  (void)probe;
  int end = scene->held[0];
  if (fcntl(end, F_SETOWN, scene->victim) < 0) return errno;
  if (fcntl(end, F_SETSIG, SIGUSR1) < 0) return errno;
  if (fcntl(end, F_SETFL, O_ASYNC) < 0) return errno;
  if (write(scene->held[1], "x", 1) != 1) return ATTACK_BROKEN;
  for (int turn = 0; turn < 100 && scene->outcome->signals == 0; turn++) poll(NULL, 0, 2);
  return scene->outcome->signals > 0 ? 0 : EPERM;
}

static int change_limits(scene_t *scene, probe_t *probe) {
  (void)probe;
  struct rlimit limit = {4096, 4096};
  return verdict(prlimit(scene->victim, RLIMIT_CORE, &limit, NULL));
}

static int change_priority(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(setpriority(PRIO_PROCESS, (id_t)scene->victim, 5));
}

static int change_processors(scene_t *scene, probe_t *probe) {
  (void)probe;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(0, &set);
  return verdict(sched_setaffinity(scene->victim, sizeof set, &set));
}

static int change_scheduling(scene_t *scene, probe_t *probe) {
  (void)probe;
  struct sched_param parameters = {0};
  return verdict(sched_setscheduler(scene->victim, SCHED_BATCH, &parameters));
}

static int compare_processes(scene_t *scene, probe_t *probe) {
  (void)probe;
  const int files = 2;
  return verdict(syscall(SYS_kcmp, scene->victim, scene->victim, files, 0, 0));
}

static int find_robust_list(scene_t *scene, probe_t *probe) {
  (void)probe;
  void *list;
  size_t size;
  return verdict(syscall(SYS_get_robust_list, scene->victim, &list, &size));
}

static int move_pages_of(scene_t *scene, probe_t *probe) {
  (void)probe;
  void *page = (void *)((unsigned long)attack_victim_memory & ~4095UL);
  int status = 0;
  return verdict(syscall(SYS_move_pages, scene->victim, 1, &page, NULL, &status, 0));
}

static const struct attack_probe probes[] = {
  {"trace another process (attach)", ALL, NULL, trace, NULL, {PTRACE_ATTACH}},
  {"trace another process (seize)", ALL, NULL, trace, NULL, {PTRACE_SEIZE}},
  {"let the parent trace", ALL, NULL, let_parent_trace},
  {"read another process's memory", ALL, NULL, read_memory},
  {"write another process's memory", ALL, NULL, write_memory},
  {"read /proc/PID/mem", D | Z | R, NULL, read_memory_file},
  {"write /proc/PID/mem", ALL, NULL, write_memory_file},
  {"write /proc/self/mem", ALL, NULL, write_own_memory_file},
  {"read /proc/PID/environ", D | Z | R, NULL, read_facts, "environ"},
  {"read /proc/PID/maps", D | Z | R, NULL, read_facts, "maps"},
  {"open a descriptor of another process", D | Z | R, NULL, open_descriptor, "fd/0"},
  {"open a process (pidfd_open)", ALL, NULL, open_process},
  {"take a descriptor of another process", ALL, hold_process, take_descriptor},
  {"signal a process by its descriptor", ALL, hold_process, signal_by_descriptor},
  {"advise on another process's memory", ALL, hold_process, advise_process},
  {"signal another process", D | W | R, NULL, signal_victim, NULL, {SIGUSR1}},
  {"kill another process", D | W | R, NULL, signal_victim, NULL, {SIGKILL}},
  {"signal the parent", D | W | R, NULL, signal_parent, NULL, {SIGUSR1}},
  {"signal a thread", ALL, NULL, signal_thread},
  {"signal a thread (tkill)", ALL, NULL, signal_old_way},
  {"queue a signal", ALL, NULL, queue_signal},
  {"let the kernel signal (F_SETOWN)", ALL, hold_pipe, signal_by_owner},
  {"change another process's limits", ALL, NULL, change_limits},
  {"change another process's priority", ALL, NULL, change_priority},
  {"change another process's processors", ALL, NULL, change_processors},
  {"change another process's scheduling", ALL, NULL, change_scheduling},
  {"compare another process's files (kcmp)", ALL, NULL, compare_processes},
  {"find another process's locks", ALL, NULL, find_robust_list},
  {"ask where another process's pages are", ALL, NULL, move_pages_of},
};

const struct attack_list attack_processes = {probes, COUNT(probes)};
