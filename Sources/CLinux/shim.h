// SPDX-License-Identifier: Apache-2.0
//
// Linux calls that Swift cannot import: variadic functions, function-like macros, fork, and
// constants newer than Debian 12's headers. Each is one call; errors are returned as -errno.

#pragma once

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define CL_F_ADD_SEALS 1033
#define CL_F_GET_SEALS 1034

static const int cl_seal_seal = 0x1;
static const int cl_seal_shrink = 0x2;
static const int cl_seal_grow = 0x4;
static const int cl_seal_write = 0x8;

static inline int cl_result(int result) { return result < 0 ? -errno : result; }

/// memfd_create(2): close-on-exec, sealable and, where the kernel can (6.3), never executable.
static inline int cl_memfd_create(const char *name) {
  const unsigned cloexec = 0x1, allow_sealing = 0x2, noexec_seal = 0x8;
  int fd = (int)syscall(SYS_memfd_create, name, cloexec | allow_sealing | noexec_seal);
  if (fd < 0 && errno == EINVAL)
    fd = (int)syscall(SYS_memfd_create, name, cloexec | allow_sealing);
  return cl_result(fd);
}

static inline int cl_add_seals(int fd, int seals) {
  return cl_result(fcntl(fd, CL_F_ADD_SEALS, seals));
}

static inline int cl_get_seals(int fd) { return cl_result(fcntl(fd, CL_F_GET_SEALS)); }

static inline int cl_set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -errno : cl_result(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
}

/// pipe2(2) with both ends close-on-exec: ends[0] reads, ends[1] writes.
static inline int cl_pipe(int ends[2]) {
  return cl_result((int)syscall(SYS_pipe2, ends, O_CLOEXEC));
}

/// A pair of connected SOCK_SEQPACKET sockets, close-on-exec.
static inline int cl_socket_pair(int ends[2]) {
  return cl_result(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
}

/// Duplicates fd, close-on-exec, to the lowest free number from least on.
static inline int cl_duplicate(int fd, int least) {
  return cl_result(fcntl(fd, F_DUPFD_CLOEXEC, least));
}

static inline int cl_open_to_read(const char *path) {
  return cl_result(open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
}

/// A terminal to ask at; it does not become the controlling terminal.
static inline int cl_open_terminal(const char *path) {
  return cl_result(open(path, O_RDWR | O_CLOEXEC | O_NOCTTY));
}

/// Descriptors that one message may carry.
#define CL_MOST_DESCRIPTORS 8

/// sendmsg(2) of one datagram with descriptors (SCM_RIGHTS); never raises SIGPIPE.
static inline ssize_t cl_send(
    int socket, const void *bytes, size_t count, const int *fds, int fd_count) {
  union {
    char bytes[CMSG_SPACE(sizeof(int) * CL_MOST_DESCRIPTORS)];
    struct cmsghdr align;
  } control;
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (fd_count < 0 || fd_count > CL_MOST_DESCRIPTORS) return -EINVAL;
  if (fd_count > 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)fd_count);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)fd_count);
    memcpy(CMSG_DATA(header), fds, sizeof(int) * (size_t)fd_count);
  }
  ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  return sent < 0 ? -errno : sent;
}

/// recvmsg(2) of one datagram; the descriptors it carries (CL_MOST_DESCRIPTORS places) become
/// ours, close-on-exec. 0 is end of file; a cut datagram is -EBADMSG and its descriptors close.
static inline ssize_t cl_receive(
    int socket, void *bytes, size_t capacity, int *fds, int *fd_count) {
  union {
    char bytes[CMSG_SPACE(sizeof(int) * CL_MOST_DESCRIPTORS)];
    struct cmsghdr align;
  } control;
  struct iovec part = {.iov_base = bytes, .iov_len = capacity};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  message.msg_control = control.bytes;
  message.msg_controllen = sizeof control.bytes;
  *fd_count = 0;
  ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (received < 0) return -errno;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  for (; header != NULL; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (int i = 0; i < count && *fd_count < CL_MOST_DESCRIPTORS; i++)
      memcpy(&fds[(*fd_count)++], CMSG_DATA(header) + sizeof(int) * (size_t)i, sizeof(int));
  }
  if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
    while (*fd_count > 0) close(fds[--(*fd_count)]);
    return -EBADMSG;
  }
  return received;
}

/// fork(2), which Swift hides. Only for a process with one thread.
static inline pid_t cl_fork(void) {
  pid_t pid = fork();
  return pid < 0 ? -errno : pid;
}

/// posix_spawn(3) of path in a session of its own with default signals: descriptor 0 and 1 are
/// /dev/null, 2 is error_log (or /dev/null if negative), 3 is socket, 4 is watch, nothing else is
/// open.
static inline int cl_spawn(
    const char *path, char *const arguments[], char *const environment[], int socket, int watch,
    int error_log, pid_t *pid) {
  const short set_session = 0x80; // POSIX_SPAWN_SETSID, hidden without _GNU_SOURCE
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  if (posix_spawn_file_actions_init(&actions) != 0) return -ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return -ENOMEM;
  }
  int failed = 0;
  if (error_log >= 0) failed |= posix_spawn_file_actions_adddup2(&actions, error_log, 2);
  failed |= posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
  failed |= posix_spawn_file_actions_adddup2(&actions, 0, 1);
  if (error_log < 0) failed |= posix_spawn_file_actions_adddup2(&actions, 0, 2);
  failed |= posix_spawn_file_actions_adddup2(&actions, socket, 3);
  failed |= posix_spawn_file_actions_adddup2(&actions, watch, 4);
  failed |= posix_spawn_file_actions_addclosefrom_np(&actions, 5);
  failed |= posix_spawnattr_setsigmask(&attributes, &none);
  failed |= posix_spawnattr_setsigdefault(&attributes, &all);
  failed |= posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | set_session);
  int error =
      failed ? ENOMEM : posix_spawn(pid, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return -error;
}

/// Blocks SIGCHLD and gives a close-on-exec, non-blocking descriptor that reads it.
static inline int cl_child_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) return -errno;
  return cl_result(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

/// Unblocks every signal.
static inline int cl_unblock_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  return cl_result(sigprocmask(SIG_SETMASK, &none, NULL));
}

static inline int cl_ignore_signal(int number) {
  return signal(number, SIG_IGN) == SIG_ERR ? -errno : 0;
}

static inline int cl_default_signal(int number) {
  return signal(number, SIG_DFL) == SIG_ERR ? -errno : 0;
}

/// waitpid(2) without waiting: the pid of a child that ended, 0 where none has.
static inline pid_t cl_reap(pid_t pid, int *code, int *signal_number) {
  int status = 0;
  pid_t ended = waitpid(pid, &status, WNOHANG);
  if (ended < 0) return -errno;
  *code = ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  *signal_number = ended > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return ended;
}

/// The signal this process gets when its parent ends (PR_SET_PDEATHSIG).
static inline int cl_set_parent_death_signal(int number) {
  return cl_result(prctl(PR_SET_PDEATHSIG, (unsigned long)number, 0, 0, 0));
}

/// Makes this process unreadable for its own user's other processes and without core dumps.
static inline int cl_set_undumpable(void) { return cl_result(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); }

/// No later exec can gain rights (PR_SET_NO_NEW_PRIVS).
static inline int cl_set_no_new_privileges(void) {
  return cl_result(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

/// The name that ps and top show, cut at 15 bytes (PR_SET_NAME).
static inline int cl_set_process_name(const char *name) {
  return cl_result(prctl(PR_SET_NAME, (unsigned long)name, 0, 0, 0));
}

/// Whether other processes of this account may read this one's memory (PR_GET_DUMPABLE); 1 where the
/// kernel does not say.
static inline int cl_is_dumpable(void) {
  int answer = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
  return answer != 0;
}

/// The kernel's version of Landlock (landlock_create_ruleset(2)); negative where it has none.
static inline int cl_landlock_version(void) {
  const long create_ruleset = 444;
  const unsigned version = 0x1;
  return cl_result((int)syscall(create_ruleset, NULL, 0, version));
}

/// Whether the kernel has seccomp filters that can end a process (seccomp(2)).
static inline int cl_has_seccomp_filters(void) {
  const unsigned get_action_available = 2, kill_process = 0x80000000;
  return syscall(SYS_seccomp, get_action_available, 0, &kill_process) == 0;
}

/// memfd_secret(2): memory that not even root's debuggers read. -ENOSYS where the kernel or these
/// headers lack it.
static inline int cl_memfd_secret(void) {
#ifdef SYS_memfd_secret
  return cl_result((int)syscall(SYS_memfd_secret, O_CLOEXEC));
#else
  return -ENOSYS;
#endif
}

/// malloc_trim(3): gives free pages of the heap back to the kernel.
static inline void cl_trim_heap(void) { (void)malloc_trim(0); }

/// Keeps memory out of core dumps and of the children that fork makes, where the kernel can:
/// a child finds no memory there, or for private anonymous memory zeros.
static inline void cl_keep_to_this_process(void *address, size_t count, int is_anonymous) {
  const int dont_fork = 10, dont_dump = 16, wipe_on_fork = 18;
  madvise(address, count, dont_dump);
  madvise(address, count, is_anonymous ? wipe_on_fork : dont_fork);
}

// MARK: - Landlock (landlock(7)); its numbers are newer than the headers.

#define CL_LANDLOCK_EXECUTE (1ull << 0)
#define CL_LANDLOCK_WRITE_FILE (1ull << 1)
#define CL_LANDLOCK_READ_FILE (1ull << 2)
#define CL_LANDLOCK_READ_DIR (1ull << 3)
#define CL_LANDLOCK_REMOVE_DIR (1ull << 4)
#define CL_LANDLOCK_REMOVE_FILE (1ull << 5)
#define CL_LANDLOCK_MAKE_DIR (1ull << 7)
#define CL_LANDLOCK_MAKE_REG (1ull << 8)
#define CL_LANDLOCK_REFER (1ull << 13)
#define CL_LANDLOCK_TRUNCATE (1ull << 14)
#define CL_LANDLOCK_IOCTL_DEV (1ull << 15)

/// landlock_create_ruleset(2): a descriptor of a rule set that handles these rights. The bits that
/// the running kernel does not know must be zero.
static inline int cl_landlock_create(uint64_t files, uint64_t net, uint64_t scoped) {
  const struct { uint64_t files, net, scoped; } rules = {files, net, scoped};
  return cl_result((int)syscall(444, &rules, sizeof rules, 0));
}

/// landlock_add_rule(2): gives rights below the file or folder that a descriptor stands for.
static inline int cl_landlock_allow(int rules, uint64_t rights, int file) {
  const struct { uint64_t rights; int32_t file; } __attribute__((packed)) rule = {rights, file};
  const int path_beneath = 1;
  return cl_result((int)syscall(445, rules, path_beneath, &rule, 0));
}

/// landlock_restrict_self(2): binds the calling thread and what it starts later.
static inline int cl_landlock_restrict(int rules) {
  return cl_result((int)syscall(446, rules, 0));
}

/// A descriptor that only stands for a path (O_PATH), after links.
static inline int cl_open_path(const char *path) {
  const int path_only = 010000000; // O_PATH, hidden without _GNU_SOURCE
  return cl_result(open(path, path_only | O_CLOEXEC));
}

/// Whether a descriptor stands for a folder.
static inline int cl_is_folder(int fd) {
  struct stat status;
  return fstat(fd, &status) < 0 ? -errno : S_ISDIR(status.st_mode);
}

// MARK: - Filters of system calls

/// seccomp(2), SECCOMP_SET_MODE_FILTER: so many instructions of eight bytes, for the calling thread
/// and what it starts later.
static inline int cl_install_filter(const uint64_t *instructions, unsigned short count) {
  struct sock_fprog program = {.len = count, .filter = (struct sock_filter *)instructions};
  const unsigned set_mode_filter = 1;
  return cl_result((int)syscall(SYS_seccomp, set_mode_filter, 0, &program));
}

/// The filter mode of this process (PR_GET_SECCOMP): 2 where filters are in force.
static inline int cl_seccomp_mode(void) { return cl_result(prctl(PR_GET_SECCOMP, 0, 0, 0, 0)); }

/// Whether no later exec can gain rights (PR_GET_NO_NEW_PRIVS).
static inline int cl_has_no_new_privileges(void) {
  return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

// MARK: - Memory that never becomes code

#define CL_SET_MDWE 65
#define CL_GET_MDWE 66

/// Refuses memory that becomes executable (PR_SET_MDWE, Linux 6.3); -EINVAL where unknown.
static inline int cl_refuse_executable_memory(void) {
  const unsigned long refuse_gain = 1;
  return cl_result(prctl(CL_SET_MDWE, refuse_gain, 0, 0, 0));
}

/// What PR_SET_MDWE has set; negative where the kernel does not know it.
static inline int cl_executable_memory_refused(void) {
  return cl_result(prctl(CL_GET_MDWE, 0, 0, 0, 0));
}

/// Whether memfd_create(2) can make files that are never executable (Linux 6.3).
static inline int cl_has_unexecutable_files(void) {
  const unsigned cloexec = 0x1, noexec_seal = 0x8;
  int fd = (int)syscall(SYS_memfd_create, "probe", cloexec | noexec_seal);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

// MARK: - This process

/// The number of threads of this process, 0 where /proc does not say: two links are the folder's
/// own. It needs no right to read, so that it works under a lock too.
static inline int cl_thread_count(void) {
  struct stat status;
  if (stat("/proc/self/task", &status) < 0 || status.st_nlink < 3) return 0;
  return (int)status.st_nlink - 2;
}

/// A file's size by fstat(2) itself: the C library asks by a path, which a decoder may not.
static inline int64_t cl_file_size(int fd) {
  struct stat status;
  return syscall(SYS_fstat, fd, &status) < 0 ? -errno : (int64_t)status.st_size;
}
