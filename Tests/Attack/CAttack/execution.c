// SPDX-License-Identifier: Apache-2.0
// Ways to run code that is not the program's own, and to make processes.
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "common.h"

extern char **environ;

#ifndef SYS_clone3
#define SYS_clone3 435
#endif

static char *const no_environment[] = {NULL};

static int execute(scene_t *scene, probe_t *probe) {
  char path[512];
  below(scene, probe->path, path);
  char *const arguments[] = {path, NULL};
  scene->outcome->result = ATTACK_EXECUTING;
  execve(path, arguments, no_environment);
  return errno;
}

static int execute_at(scene_t *scene, probe_t *probe) {
  char path[512];
  below(scene, probe->path, path);
  char *const arguments[] = {path, NULL};
  scene->outcome->result = ATTACK_EXECUTING;
  syscall(SYS_execveat, AT_FDCWD, path, arguments, no_environment, 0);
  return errno;
}

/// Copies the program to a place in memory, before the lock.
static int hold_program(scene_t *scene, probe_t *probe) {
  char path[512], bytes[4096];
  int memory = (int)syscall(SYS_memfd_create, "program", 0);
  int file = open(below(scene, probe->path, path), O_RDONLY | O_CLOEXEC);
  if (memory < 0 || file < 0) return errno;
  ssize_t count;
  while ((count = read(file, bytes, sizeof bytes)) > 0)
    if (write(memory, bytes, (size_t)count) != count) return EIO;
  close(file);
  scene->held[0] = memory;
  return 0;
}

static int execute_memory(scene_t *scene, probe_t *probe) {
  (void)probe;
  char *const arguments[] = {"program", NULL};
  scene->outcome->result = ATTACK_EXECUTING;
  syscall(SYS_execveat, scene->held[0], "", arguments, no_environment, AT_EMPTY_PATH);
  return errno;
}

static int make_executable_memory(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict_closing(syscall(SYS_memfd_create, "attack", 0));
}

static int spawn(scene_t *scene, probe_t *probe) {
  char path[512];
  below(scene, probe->path, path);
  char *const arguments[] = {path, NULL};
  pid_t child;
  int error = posix_spawn(&child, path, NULL, NULL, arguments, environ);
  if (error) return error;
  int status = -1;
  waitpid(child, &status, 0);
  return status == 0 ? 0 : ATTACK_NO_EFFECT;
}

static int ask_shell(scene_t *scene, probe_t *probe) {
  (void)scene;
  errno = 0;
  int status = system(probe->path);
  if (status == -1) return errno;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
  return errno ? errno : EPERM;
}

// MARK: - Code

#if defined(__x86_64__)
static const unsigned char code[] = {0xB8, 0x2A, 0, 0, 0, 0xC3};
#else
static const unsigned char code[] = {0x40, 0x05, 0x80, 0x52, 0xC0, 0x03, 0x5F, 0xD6};
#endif

static int call(void *memory) {
  int (*function)(void);
  __builtin___clear_cache((char *)memory, (char *)memory + sizeof code);
  memcpy(&function, &memory, sizeof function);
  return function() == 42 ? 0 : ATTACK_NO_EFFECT;
}

static int write_code_file(scene_t *scene, probe_t *probe) {
  char path[512];
  int file = open(below(scene, probe->path, path), O_RDWR | O_CREAT | O_CLOEXEC, 0700);
  if (file < 0) return errno;
  scene->held[0] = file;
  return write(file, code, sizeof code) == sizeof code ? 0 : EIO;
}

static int map_file_to_execute(scene_t *scene, probe_t *probe) {
  (void)probe;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, scene->held[0], 0);
  return memory == MAP_FAILED ? errno : call(memory);
}

static int map_held_program(scene_t *scene, probe_t *probe) {
  (void)probe;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, scene->held[0], 0);
  return memory == MAP_FAILED ? errno : 0;
}

static int map_to_execute(scene_t *scene, probe_t *probe) {
  (void)scene;
  void *memory = mmap(NULL, 4096, (int)probe->numbers[0], MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return errno;
  if (!(probe->numbers[0] & PROT_WRITE)) return 0;
  memcpy(memory, code, sizeof code);
  return call(memory);
}

static int protect_to_execute(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return ATTACK_BROKEN;
  memcpy(memory, code, sizeof code);
  return mprotect(memory, 4096, PROT_READ | PROT_EXEC) < 0 ? errno : call(memory);
}

static int protect_by_key(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return ATTACK_BROKEN;
  memcpy(memory, code, sizeof code);
  long result = syscall(SYS_pkey_mprotect, memory, 4096, PROT_READ | PROT_EXEC, -1);
  return result < 0 ? errno : call(memory);
}

static int attach_to_execute(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0700);
  if (segment < 0) return errno;
  void *memory = shmat(segment, NULL, SHM_EXEC);
  int error = memory == (void *)-1 ? errno : 0;
  shmctl(segment, IPC_RMID, NULL);
  if (error) return error;
  memcpy(memory, code, sizeof code);
  return call(memory);
}

static int allow_execution_of_all(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  const unsigned long read_implies_exec = 0x0400000;
  return verdict(syscall(SYS_personality, read_implies_exec));
}

// MARK: - Processes

static int wait_for(pid_t child) {
  if (child < 0) return errno;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 7 ? 0 : ATTACK_NO_EFFECT;
}

static int fork_once(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  pid_t child = fork();
  if (child == 0) _exit(7);
  return wait_for(child);
}

#if defined(SYS_vfork)
static int vfork_once(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  pid_t child = vfork();
  if (child == 0) _exit(7);
  return wait_for(child);
}
#endif

static int end_with_seven(void *argument) {
  (void)argument;
  _exit(7);
}

static int clone_once(scene_t *scene, probe_t *probe) {
  (void)scene;
  static char stack[65536] __attribute__((aligned(16)));
  return wait_for(clone(end_with_seven, stack + sizeof stack, (int)probe->numbers[0], NULL));
}

static int clone3_once(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  unsigned long long arguments[8] = {0};
  arguments[4] = SIGCHLD;
  long child = syscall(SYS_clone3, arguments, sizeof arguments);
  if (child == 0) _exit(7);
  return wait_for((pid_t)child);
}

static void *end_thread(void *argument) { return argument; }

static int start_thread(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  pthread_t thread;
  int error = pthread_create(&thread, NULL, end_thread, NULL);
  if (error == 0) pthread_join(thread, NULL);
  // The C library answers EAGAIN where the kernel's call failed, whatever it said.
  return error == EAGAIN ? EPERM : error;
}

static const struct attack_probe probes[] = {
  {"run a program (execve)", ALL, NULL, execute, "outside/program"},
  {"run a program (execveat)", ALL, NULL, execute_at, "outside/program"},
  {"run a program from the store", ALL, NULL, execute, "vault/store/program"},
  {"run a program from memory (fexecve)", ALL, hold_program, execute_memory, "outside/program"},
  {"make memory that can be run (memfd)", ALL, NULL, make_executable_memory},
  {"run a program (posix_spawn)", ALL, NULL, spawn, "outside/program"},
  {"run a shell (system)", ALL, NULL, ask_shell, "exit 0"},
  {"map a file to run it", ALL, write_code_file, map_file_to_execute, "vault/store/code"},
  {"map memory's file to run it", ALL, hold_program, map_held_program, "outside/program"},
  {"map memory to write and run", ALL, NULL, map_to_execute, NULL,
   {PROT_READ | PROT_WRITE | PROT_EXEC}},
  {"map memory to read and run", ALL, NULL, map_to_execute, NULL, {PROT_READ | PROT_EXEC}},
  {"make memory executable (mprotect)", ALL, NULL, protect_to_execute},
  {"make memory executable (pkey_mprotect)", ALL, NULL, protect_by_key},
  {"attach shared memory to run it (shmat)", ALL, NULL, attach_to_execute},
  {"make all that is read executable", ALL, NULL, allow_execution_of_all},
  {"fork", D | W | R, NULL, fork_once},
#if defined(SYS_vfork)
  {"vfork", ALL, NULL, vfork_once},
#endif
  {"clone a process", D | W | R, NULL, clone_once, NULL, {SIGCHLD}},
  {"clone a process with this memory", ALL, NULL, clone_once, NULL,
   {SIGCHLD | CLONE_VM | CLONE_VFORK}},
  {"clone into a new user namespace", ALL, NULL, clone_once, NULL, {SIGCHLD | CLONE_NEWUSER}},
  {"clone3", ALL, NULL, clone3_once},
  {"start a thread", D | Z | W, NULL, start_thread},
};

const struct attack_list attack_execution = {probes, COUNT(probes)};
