// SPDX-License-Identifier: Apache-2.0
// Ways to type into a terminal, to change it, or to reach somebody else's.
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "common.h"

#ifndef TIOCGPTPEER
#define TIOCGPTPEER 0x5441
#endif

static int type_a_key(scene_t *scene, probe_t *probe) {
  char key = 'x';
  unsigned long request = (unsigned long)probe->numbers[0] | TIOCSTI;
  return verdict(syscall(SYS_ioctl, scene->terminal, request, &key));
}

static int ask_console(scene_t *scene, probe_t *probe) {
  char request = (char)probe->numbers[0];
  return verdict(ioctl(scene->terminal, TIOCLINUX, &request));
}

static int change_discipline(scene_t *scene, probe_t *probe) {
  (void)probe;
  int discipline = 0;
  return verdict(ioctl(scene->terminal, TIOCSETD, &discipline));
}

static int leave_terminal(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(ioctl(scene->terminal, TIOCNOTTY));
}

static int lock_terminal(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(ioctl(scene->terminal, TIOCEXCL));
}

static int open_other(scene_t *scene, probe_t *probe) {
  int file = open(scene->other_terminal, (int)probe->numbers[0] | O_NOCTTY | O_CLOEXEC);
  if (file < 0) return errno;
  int error = probe->numbers[0] == O_WRONLY ? verdict(write(file, "x", 1)) : 0;
  close(file);
  return error;
}

static int open_new(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict_closing(open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC));
}

static int hold_controller(scene_t *scene, probe_t *probe) {
  (void)probe;
  int slave;
  int error = attack_open_terminal(&scene->held[0], &slave, NULL, 0);
  if (error == 0) close(slave);
  return error;
}

static int open_peer(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict_closing(ioctl(scene->held[0], TIOCGPTPEER, O_RDWR | O_NOCTTY));
}

static int hold_other(scene_t *scene, probe_t *probe) {
  (void)probe;
  scene->held[0] = open(scene->other_terminal, O_RDWR | O_NOCTTY | O_CLOEXEC);
  return verdict(scene->held[0]);
}

static int steal_other(scene_t *scene, probe_t *probe) {
  (void)probe;
  ioctl(scene->terminal, TIOCNOTTY);
  return verdict(ioctl(scene->held[0], TIOCSCTTY, 0));
}

static int change_other_mode(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(chmod(scene->other_terminal, 0622));
}

static int hang_up(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  return verdict(vhangup());
}

static const struct attack_probe probes[] = {
  {"type into the terminal (TIOCSTI)", ALL, NULL, type_a_key},
  {"type into the terminal (TIOCSTI, upper bits set)", ALL, NULL, type_a_key, NULL,
   {(long)0x5a5a5a5a00000000}},
  {"read the console's selection (TIOCLINUX)", ALL, NULL, ask_console, NULL, {2}},
  {"copy the console's screen (TIOCLINUX)", ALL, NULL, ask_console, NULL, {6}},
  {"change the line discipline (TIOCSETD)", ALL, NULL, change_discipline},
  {"give up the terminal (TIOCNOTTY)", ALL, NULL, leave_terminal},
  {"lock others out of the terminal (TIOCEXCL)", ALL, NULL, lock_terminal},
  {"read another terminal", D | Z | R, NULL, open_other, NULL, {O_RDONLY}},
  {"write to another terminal", ALL, NULL, open_other, NULL, {O_WRONLY}},
  {"make a terminal of its own", ALL, NULL, open_new},
  {"open the other end of a held terminal", ALL, hold_controller, open_peer},
  {"take another terminal over (TIOCSCTTY)", ALL, hold_other, steal_other},
  {"let everybody write to a terminal", ALL, NULL, change_other_mode},
  {"hang up the terminal", ALL, NULL, hang_up},
};

const struct attack_list attack_terminals = {probes, COUNT(probes)};
