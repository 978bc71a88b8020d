// SPDX-License-Identifier: Apache-2.0
// Ways around the lock through the kernel's less used doors.
#include <grp.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "common.h"

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif
#ifndef SYS_open_tree
#define SYS_open_tree 428
#endif
#ifndef SYS_fsopen
#define SYS_fsopen 430
#endif

static int ring(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  char parameters[256] = {0};
  return verdict_closing(syscall(SYS_io_uring_setup, 2, parameters));
}

static int fault_handler(scene_t *scene, probe_t *probe) {
  (void)scene;
  return verdict_closing(syscall(SYS_userfaultfd, (int)probe->numbers[0] | O_CLOEXEC));
}

static int kernel_program(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  struct { unsigned type, key, value, most, flags; char rest[100]; } map = {1, 4, 4, 1, 0, {0}};
  return verdict_closing(syscall(SYS_bpf, 0, &map, sizeof map));
}

static int find_key(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  const int get_ring = 0, session = -3;
  return verdict(syscall(SYS_keyctl, get_ring, session, 1));
}

/// A ring of its own, so that nobody else's is changed; children inherit it.
static int hold_ring(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  const int join_session = 1;
  syscall(SYS_keyctl, join_session, NULL);
  return 0;
}

static int add_key(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  const int session = -3;
  return verdict(syscall(SYS_add_key, "user", "milkglass-attack", "x", 1, session));
}

static int hold_key(scene_t *scene, probe_t *probe) {
  hold_ring(scene, probe);
  add_key(scene, probe);
  return 0;
}

static int request_key(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(syscall(SYS_request_key, "user", "milkglass-attack", NULL, 0));
}

static int measure(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE, .size = sizeof event};
  event.config = PERF_COUNT_SW_CPU_CLOCK;
  event.exclude_kernel = 1;
  event.exclude_hv = 1;
  return verdict_closing(syscall(SYS_perf_event_open, &event, 0, -1, -1, 0));
}

static int leave_namespace(scene_t *scene, probe_t *probe) {
  (void)scene;
  return verdict(unshare((int)probe->numbers[0]));
}

static int hold_namespace(scene_t *scene, probe_t *probe) {
  scene->held[0] = open(probe->path, O_RDONLY | O_CLOEXEC);
  return verdict(scene->held[0]);
}

static int enter_namespace(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(setns(scene->held[0], 0));
}

/// Mounts must not outlive the attack: it gets file systems of its own first.
static int leave_mounts(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  if (unshare(CLONE_NEWNS) < 0) return 0;
  return verdict(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL));
}

static int mount_memory(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(mount("none", below(scene, probe->path, path), "tmpfs", 0, NULL));
}

static int mount_before(scene_t *scene, probe_t *probe) {
  int error = leave_mounts(scene, probe);
  if (error) return error;
  mount_memory(scene, probe);
  return 0;
}

static int unmount(scene_t *scene, probe_t *probe) {
  char path[512];
  int error = verdict(umount2(below(scene, probe->path, path), MNT_DETACH));
  return error == EINVAL ? EPERM : error;
}

static int clone_tree(scene_t *scene, probe_t *probe) {
  char path[512];
  below(scene, probe->path, path);
  return verdict_closing(syscall(SYS_open_tree, AT_FDCWD, path, 1 | O_CLOEXEC));
}

static int open_file_system(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict_closing(syscall(SYS_fsopen, "tmpfs", 1));
}

static int change_root(scene_t *scene, probe_t *probe) {
  char path[512];
  return verdict(chroot(below(scene, probe->path, path)));
}

static int change_user(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  uid_t user = geteuid();
  return verdict(setresuid(user, user == 0 ? 60999 : user, user));
}

static int change_group(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  gid_t group = getegid();
  return verdict(setresgid(group, group == 0 ? 60999 : group, group));
}

static int change_groups(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  gid_t group = 60999;
  return verdict(setgroups(1, &group));
}

static int raise_limit(scene_t *scene, probe_t *probe) {
  (void)scene;
  struct rlimit limit = {(rlim_t)probe->numbers[1], (rlim_t)probe->numbers[1]};
  return verdict(setrlimit((__rlimit_resource_t)probe->numbers[0], &limit));
}

static int become_readable(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

static int let_all_trace(scene_t *scene, probe_t *probe) {
  (void)scene;
  return verdict(prctl((int)probe->numbers[0], (unsigned long)probe->numbers[1], 0, 0, 0));
}

static int change_memory_map(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(prctl(PR_SET_MM, PR_SET_MM_START_BRK, (unsigned long)sbrk(0), 0, 0));
}

static int read_kernel_log(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(klogctl(10, NULL, 0));
}

static int hold_host(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  // The name must not change for anybody else.
  return unshare(CLONE_NEWUTS) < 0 ? errno : 0;
}

static int rename_host(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(sethostname("attack", 6));
}

static int change_root_by_pivot(scene_t *scene, probe_t *probe) {
  char path[512];
  below(scene, probe->path, path);
  return verdict(syscall(SYS_pivot_root, path, path));
}

static int mount_root(scene_t *scene, probe_t *probe) {
  int error = leave_mounts(scene, probe);
  if (error) return error;
  char path[512];
  below(scene, probe->path, path);
  mount(path, path, NULL, MS_BIND, NULL);
  return 0;
}

#if defined(__x86_64__)
static int old_calls(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  long result;
  // getpid by the gate for 32-bit programs, whose numbers a filter could mistake.
  __asm__ volatile("int $0x80" : "=a"(result) : "0"(20L) : "memory", "r8", "r9", "r10", "r11");
  return result > 0 ? 0 : (int)-result;
}

static int narrow_calls(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(syscall(0x40000000 | SYS_getpid));
}

static int change_segments(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  char table[64];
  return verdict(syscall(SYS_modify_ldt, 0, table, sizeof table));
}
#endif

#define PTRACER 0x59616d61

static const struct attack_probe probes[] = {
  {"io_uring", ALL, NULL, ring},
  {"userfaultfd", ALL, NULL, fault_handler},
  {"userfaultfd, user faults only", ALL, NULL, fault_handler, NULL, {1}},
  {"bpf", ALL, NULL, kernel_program},
  {"keyctl", ALL, hold_ring, find_key},
  {"add_key", ALL, hold_ring, add_key},
  {"request_key", ALL, hold_key, request_key},
  {"perf_event_open", ALL, NULL, measure},
  {"new user namespace", ALL, NULL, leave_namespace, NULL, {CLONE_NEWUSER}},
  {"new mount namespace", ALL, NULL, leave_namespace, NULL, {CLONE_NEWNS}},
  {"new network namespace", ALL, NULL, leave_namespace, NULL, {CLONE_NEWNET}},
  {"enter a namespace (setns)", ALL, hold_namespace, enter_namespace, "/proc/self/ns/uts"},
  {"mount", ALL, leave_mounts, mount_memory, "outside/empty"},
  {"unmount", ALL, mount_before, unmount, "outside/empty"},
  {"open_tree", ALL, leave_mounts, clone_tree, "outside"},
  {"fsopen", ALL, NULL, open_file_system},
  {"chroot", ALL, NULL, change_root, "outside"},
  {"pivot_root", ALL, mount_root, change_root_by_pivot, "outside"},
  {"become another user", ALL, NULL, change_user},
  {"become another group", ALL, NULL, change_group},
  {"join groups", ALL, NULL, change_groups},
  {"raise the limit of core dumps", ALL, NULL, raise_limit, NULL, {RLIMIT_CORE, 1 << 20}},
  {"raise the limit of descriptors", D, NULL, raise_limit, NULL, {RLIMIT_NOFILE, 64}},
  {"raise the limit of file sizes", D, NULL, raise_limit, NULL, {RLIMIT_FSIZE, 1 << 20}},
  {"become readable again (PR_SET_DUMPABLE)", ALL, NULL, become_readable},
  {"let everybody trace (PR_SET_PTRACER)", ALL, NULL, let_all_trace, NULL, {PTRACER, -1}},
  {"change the memory map (PR_SET_MM)", ALL, NULL, change_memory_map},
  {"keep capabilities (PR_SET_KEEPCAPS)", ALL, NULL, let_all_trace, NULL, {PR_SET_KEEPCAPS, 1}},
  {"become a reaper (PR_SET_CHILD_SUBREAPER)", ALL, NULL, let_all_trace, NULL,
   {PR_SET_CHILD_SUBREAPER, 1}},
  {"read the kernel's log", ALL, NULL, read_kernel_log},
  {"rename the machine", ALL, hold_host, rename_host},
#if defined(__x86_64__)
  {"system calls of 32-bit programs", ALL, NULL, old_calls},
  {"system calls of x32 programs", ALL, NULL, narrow_calls},
  {"change the segments (modify_ldt)", ALL, NULL, change_segments},
#endif
};

const struct attack_list attack_kernel = {probes, COUNT(probes)};
