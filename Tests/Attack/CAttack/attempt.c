// SPDX-License-Identifier: Apache-2.0
// One attempt: a scene with a victim, terminals and a listener, and the process that attacks.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "common.h"

pid_t attack_fork(void) {
  pid_t child = fork();
  return child < 0 ? -errno : child;
}

void attack_ignore(int signal_number) { signal(signal_number, SIG_IGN); }

int attack_wait(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return ATTACK_BROKEN;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void *share(size_t size) {
  void *memory =
    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

struct attack_outcome *attack_make_outcome(void) { return share(sizeof(struct attack_outcome)); }

int *attack_make_numbers(size_t count) { return share(count * sizeof(int)); }

int attack_open_terminal(int *controller, int *terminal, char *path, size_t size) {
  char name[128];
  if (openpty(controller, terminal, name, NULL, NULL) < 0) return errno;
  fcntl(*controller, F_SETFD, FD_CLOEXEC);
  fcntl(*terminal, F_SETFD, FD_CLOEXEC);
  if (path != NULL) snprintf(path, size, "%s", name);
  return 0;
}

// MARK: - The victim

static struct attack_outcome *victims_outcome;

static void note_signal(int number) {
  (void)number;
  victims_outcome->signals++;
}

static pid_t fork_victim(struct attack_outcome *outcome) {
  int ready[2];
  char byte = 0;
  if (pipe2(ready, O_CLOEXEC) < 0) return -errno;
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    victims_outcome = outcome;
    signal(SIGUSR1, note_signal);
    memcpy(attack_victim_memory, attack_marker, sizeof attack_marker);
    int input = open("/dev/null", O_RDONLY);
    dup2(input, 0);
    if (write(ready[1], "x", 1) == 1)
      for (;;) pause();
    _exit(1);
  }
  close(ready[1]);
  if (child > 0 && read(ready[0], &byte, 1) != 1) child = -EIO;
  close(ready[0]);
  return child;
}

// MARK: - The listener

static int listen_at(const char *path, int listeners[2]) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  memcpy(name.sun_path, path, strnlen(path, sizeof name.sun_path - 1));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  listeners[0] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  listeners[1] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(listeners[0], (struct sockaddr *)&name, sizeof name) == 0) listen(listeners[0], 8);
  if (bind(listeners[1], (struct sockaddr *)&address, sizeof address) < 0) return 0;
  if (listen(listeners[1], 8) < 0) return 0;
  if (getsockname(listeners[1], (struct sockaddr *)&address, &size) < 0) return 0;
  return ntohs(address.sin_port);
}

// MARK: - The attacker

static void run(scene_t *scene, probe_t *probe) {
  errno = 0;
  scene->outcome->stage = 2;
  int result = probe->attack(scene, probe);
  scene->outcome->result = result;
  scene->outcome->stage = 3;
  _exit(0);
}

static void give_up(scene_t *scene, int error) {
  scene->outcome->result = error;
  _exit(1);
}

static void live(
  scene_t *scene, probe_t *probe, const struct attack_setting *setting, int socket) {
  setsid();
  // Who gives up a terminal is told so.
  signal(SIGHUP, SIG_IGN);
  ioctl(scene->terminal, TIOCSCTTY, 0);
  int error = probe->prepare ? probe->prepare(scene, probe) : 0;
  if (error) give_up(scene, error);
  scene->outcome->stage = 1;
  if (setting->lock) error = setting->lock(scene->folder, 0, scene->parent, socket);
  if (error) give_up(scene, error);
  if (!setting->has_zygote) run(scene, probe);
  pid_t zygote = getpid(), decoder = fork();
  if (decoder < 0) give_up(scene, errno);
  if (decoder > 0) {
    scene->outcome->end = attack_wait(decoder);
    _exit(0);
  }
  scene->parent = zygote;
  if (setting->lock) error = setting->lock(scene->folder, 1, zygote, socket);
  if (error) give_up(scene, error);
  run(scene, probe);
}

/// Makes what the attack finds; descriptors that it must not have are in `ours`, closed by it.
static int set_scene(scene_t *scene, const struct attack_setting *setting, int ours[7]) {
  char path[512];
  snprintf(scene->folder, sizeof scene->folder, "%s/milkglass-attack-XXXXXX", setting->temporary);
  snprintf(scene->library, sizeof scene->library, "%s", setting->library);
  if (mkdtemp(scene->folder) == NULL) return errno;
  int error = attack_build(scene->folder, setting->program);
  if (error) return error;
  scene->port = listen_at(below(scene, "outside/socket", path), ours);
  error = attack_open_terminal(
    &ours[2], &ours[3], scene->other_terminal, sizeof scene->other_terminal);
  if (!error) error = attack_open_terminal(&ours[4], &scene->terminal, NULL, 0);
  if (!error) error = verdict(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, &ours[5]));
  scene->parent = getpid();
  scene->victim = fork_victim(scene->outcome);
  return error ? error : scene->victim < 0 ? -scene->victim : 0;
}

int attack_attempt(
  const struct attack_probe *probe, const struct attack_setting *setting,
  struct attack_outcome *outcome) {
  scene_t scene = {.outcome = outcome, .terminal = -1};
  int ours[7] = {-1, -1, -1, -1, -1, -1, -1};
  outcome->stage = outcome->result = outcome->signals = outcome->end = 0;
  int error = set_scene(&scene, setting, ours);
  pid_t child = error ? 0 : fork();
  if (child == 0 && !error) {
    for (int i = 0; i < 5; i++) close(ours[i]);
    close(ours[6]);
    live(&scene, probe, setting, ours[5]);
  }
  if (child < 0) error = errno;
  if (child > 0) {
    int end = attack_wait(child);
    if (!setting->has_zygote || outcome->end == 0) outcome->end = end;
  }
  if (scene.victim > 0) {
    kill(scene.victim, SIGKILL);
    attack_wait(scene.victim);
  }
  for (int i = 0; i < 7; i++)
    if (ours[i] >= 0) close(ours[i]);
  if (scene.terminal >= 0) close(scene.terminal);
  attack_remove(scene.folder);
  return error;
}
