// SPDX-License-Identifier: Apache-2.0
// Attacks on this project's own locked processes: each is one small function that a forked child
// runs first unlocked, where it must work, and then locked, where it must not.
#ifndef CATTACK_H
#define CATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/// The processes that an attack is meant for, as bits.
enum attack_profile {
  ATTACK_DECODER = 1,
  ATTACK_ZYGOTE = 2,
  ATTACK_WATCH = 4,
  ATTACK_REVIEW = 8,
};

/// Results beyond errno: SQLite's own codes start here.
#define ATTACK_SQLITE 10000
/// The attack could not even begin: what a locked process must still do did not work.
#define ATTACK_BROKEN 20000
/// execve was called; if the process is gone with exit code 0, it worked.
#define ATTACK_EXECUTING 20001
/// The attack ran to its end and had no effect.
#define ATTACK_NO_EFFECT 20002

/// What a child tells its parent through shared memory, which no lock takes away.
struct attack_outcome {
  /// 0 started, 1 prepared, 2 locked (or left unlocked), 3 over.
  volatile int stage;
  /// 0 the attack worked, or why it did not: errno, or one of the codes above.
  volatile int result;
  /// Signals that the victim got.
  volatile int signals;
  /// How the attacking process ended: its exit code, or minus its signal.
  volatile int end;
};

/// What an attack finds around it. All paths are absolute.
struct attack_scene {
  struct attack_outcome *outcome;
  /// A fresh folder: `outside` (secret, program, socket), `vault`, `other-vault`.
  char folder[256];
  /// A process of the same user that may be read and takes SIGUSR1.
  pid_t victim;
  /// The process that started the attack.
  pid_t parent;
  /// A pseudo-terminal of its own, the controlling terminal, and the path of somebody else's.
  int terminal;
  char other_terminal[64];
  /// The port of 127.0.0.1 that listens.
  int port;
  /// A library to load.
  char library[256];
  /// What `prepare` opened before the lock.
  int held[3];
};

struct attack_probe {
  const char *name;
  /// The processes that must refuse it.
  unsigned profiles;
  /// Runs before the lock; NULL where there is nothing to do. 0, or an errno that ends the probe.
  int (*prepare)(struct attack_scene *, const struct attack_probe *);
  /// The attack; 0 where it worked, otherwise why not.
  int (*attack)(struct attack_scene *, const struct attack_probe *);
  /// What the two functions want to know: a path below the folder, numbers.
  const char *path;
  long numbers[3];
};

/// The catalogue, and how many there are in it.
const struct attack_probe *attack_catalogue(size_t *count);

/// What lies in every file that an attack wants, and in the victim's memory.
extern const char attack_marker[16];
/// In the victim it holds the marker, in other processes zeros, at the same address.
extern char attack_victim_memory[16];

/// How an attack is tried.
struct attack_setting {
  /// The folder for temporary files, a harmless program that ends with 0, a library to load.
  const char *temporary, *program, *library;
  /// Whether the attacker is forked by a locked process, as decoders are.
  bool has_zygote;
  /// Locks the process: step 0, and where there is a zygote step 1 in what it forks. `socket` is the
  /// one that stays allowed. 0 or an errno. NULL leaves the process unlocked.
  int (*lock)(const char *folder, int step, pid_t parent, int socket);
};

/// Tries an attack in a fresh process and scene; 0, or why there was no scene.
int attack_attempt(
  const struct attack_probe *probe, const struct attack_setting *setting,
  struct attack_outcome *outcome);

/// Builds the tree of files below `folder`; 0 or an errno. `program` is copied to `outside`.
int attack_build(const char *folder, const char *program);
/// Removes a tree.
void attack_remove(const char *folder);
/// Makes a pseudo-terminal: descriptors of master and slave, and the slave's path or NULL.
int attack_open_terminal(int *controller, int *terminal, char *path, size_t size);
/// Shared memory for an outcome; NULL where there is none.
struct attack_outcome *attack_make_outcome(void);
/// Shared memory for numbers; NULL where there is none.
int *attack_make_numbers(size_t count);
/// Makes a folder with the file `secret`; 0 or an errno.
int attack_make_place(const char *path);
/// Waits for a process: its exit code, or minus the signal that ended it.
int attack_wait(pid_t process);
/// The name of a result: an errno's, a signal's (negative) or SQLite's.
void attack_name_result(int result, char *name, size_t size);
/// Ignores a signal in this process and its children.
void attack_ignore(int signal_number);
/// Forks; Swift hides the call.
pid_t attack_fork(void);

/// Becomes another user for good; 0 or an errno.
int attack_become(uid_t user);
/// Runs a program as another user, whose terminal descriptor 0 becomes; an errno where it cannot.
int attack_execute_as(uid_t user, char *const arguments[]);
/// The same in a child, whose end is then told in a file: `signal 6 core 1` or `exit 0 core 0`.
int attack_watch_end(const char *path, uid_t user, char *const arguments[]);
/// Waits as a victim does, marker in memory, until its input ends.
void attack_wait_as_victim(void);

/// Reads or changes files of the table of rights; see `attack_act`.
enum attack_act { ATTACK_READ, ATTACK_WRITE, ATTACK_CREATE, ATTACK_UNLINK };
/// Acts on a file below a folder; 0 or an errno. Creating makes the file `name`.
int attack_act(enum attack_act act, const char *folder, const char *name);

/// Tries every way to another process's memory, and prints a line for each; the count that worked.
int attack_read_process(pid_t target, unsigned long address);

#endif
