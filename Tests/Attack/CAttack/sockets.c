// SPDX-License-Identifier: Apache-2.0
// Ways to talk to anybody: sockets of every family, made or inherited.
#include <arpa/inet.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "common.h"

static int make_socket(scene_t *scene, probe_t *probe) {
  (void)scene;
  return verdict_closing(
    socket((int)probe->numbers[0], (int)probe->numbers[1], (int)probe->numbers[2]));
}

static int make_pair(scene_t *scene, probe_t *probe) {
  (void)scene;
  int ends[2];
  if (socketpair(AF_UNIX, (int)probe->numbers[0], 0, ends) < 0) return errno;
  close(ends[0]);
  close(ends[1]);
  return 0;
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static int hold_socket(scene_t *scene, probe_t *probe) {
  scene->held[0] = socket((int)probe->numbers[0], (int)probe->numbers[1] | SOCK_CLOEXEC, 0);
  return verdict(scene->held[0]);
}

static int connect_held(scene_t *scene, probe_t *probe) {
  (void)probe;
  struct sockaddr_in address = loopback(scene->port);
  return verdict(connect(scene->held[0], (struct sockaddr *)&address, sizeof address));
}

static int connect_new(scene_t *scene, probe_t *probe) {
  int error = hold_socket(scene, probe);
  return error ? error : connect_held(scene, probe);
}

static int send_by_held(scene_t *scene, probe_t *probe) {
  (void)probe;
  struct sockaddr_in address = loopback(scene->port);
  return verdict(
    sendto(scene->held[0], "x", 1, MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address));
}

static int bind_held(scene_t *scene, probe_t *probe) {
  (void)probe;
  struct sockaddr_in address = loopback(0);
  if (bind(scene->held[0], (struct sockaddr *)&address, sizeof address) < 0) return errno;
  return verdict(listen(scene->held[0], 1));
}

static struct sockaddr_un name_of(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memcpy(address.sun_path, path, strnlen(path, sizeof address.sun_path - 1));
  return address;
}

static int connect_to_path(scene_t *scene, probe_t *probe) {
  char path[512];
  struct sockaddr_un address = name_of(below(scene, probe->path, path));
  return verdict(connect(scene->held[0], (struct sockaddr *)&address, sizeof address));
}

static int hold_listener(scene_t *scene, probe_t *probe) {
  (void)probe;
  char path[512];
  struct sockaddr_un address = name_of(below(scene, "vault/store/listener", path));
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int caller = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || caller < 0) return errno;
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) return errno;
  if (listen(listener, 1) < 0) return errno;
  if (connect(caller, (struct sockaddr *)&address, sizeof address) < 0) return errno;
  scene->held[0] = listener;
  scene->held[1] = caller;
  return 0;
}

static int accept_held(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict_closing(accept4(scene->held[0], NULL, NULL, SOCK_CLOEXEC));
}

static int hold_pair(scene_t *scene, probe_t *probe) {
  (void)probe;
  return verdict(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, scene->held));
}

/// Sends the first held socket to whoever has the other end.
static int pass_descriptor(scene_t *scene, probe_t *probe) {
  (void)probe;
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control = {{0}};
  struct iovec part = {.iov_base = "x", .iov_len = 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  message.msg_control = control.bytes;
  message.msg_controllen = sizeof control.bytes;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &scene->held[1], sizeof(int));
  return verdict(sendmsg(scene->held[0], &message, MSG_NOSIGNAL));
}

static int pass_many(scene_t *scene, probe_t *probe) {
  (void)probe;
  struct iovec part = {.iov_base = "x", .iov_len = 1};
  struct mmsghdr message = {.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}};
  return verdict(sendmmsg(scene->held[0], &message, 1, MSG_NOSIGNAL));
}

static int make_message_queue(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  if (queue < 0) return errno;
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}

static int make_semaphores(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  int set = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  if (set < 0) return errno;
  semctl(set, 0, IPC_RMID);
  return 0;
}

static int make_shared_segment(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  if (segment < 0) return errno;
  shmctl(segment, IPC_RMID, NULL);
  return 0;
}

static int make_posix_queue(scene_t *scene, probe_t *probe) {
  (void)scene, (void)probe;
  char name[64];
  snprintf(name, sizeof name, "/milkglass-attack-%d", (int)getpid());
  mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, NULL);
  if (queue == (mqd_t)-1) return errno;
  mq_close(queue);
  mq_unlink(name);
  return 0;
}

#define RAW 3

static const struct attack_probe probes[] = {
  {"socket: INET, stream", ALL, NULL, make_socket, NULL, {AF_INET, SOCK_STREAM}},
  {"socket: INET, datagram", ALL, NULL, make_socket, NULL, {AF_INET, SOCK_DGRAM}},
  {"socket: INET, raw", ALL, NULL, make_socket, NULL, {AF_INET, RAW, IPPROTO_ICMP}},
  {"socket: INET, MPTCP", ALL, NULL, make_socket, NULL, {AF_INET, SOCK_STREAM, 262}},
  {"socket: INET6, stream", ALL, NULL, make_socket, NULL, {AF_INET6, SOCK_STREAM}},
  {"socket: INET6, datagram", ALL, NULL, make_socket, NULL, {AF_INET6, SOCK_DGRAM}},
  {"socket: UNIX, stream", ALL, NULL, make_socket, NULL, {AF_UNIX, SOCK_STREAM}},
  {"socket: UNIX, datagram", ALL, NULL, make_socket, NULL, {AF_UNIX, SOCK_DGRAM}},
  {"socket: NETLINK", ALL, NULL, make_socket, NULL, {AF_NETLINK, RAW}},
  {"socket: PACKET", ALL, NULL, make_socket, NULL, {AF_PACKET, RAW}},
  {"socket: VSOCK", ALL, NULL, make_socket, NULL, {40, SOCK_STREAM}},
  {"socket: ALG", ALL, NULL, make_socket, NULL, {38, SOCK_SEQPACKET}},
  {"socket: BLUETOOTH", ALL, NULL, make_socket, NULL, {31, RAW, 1}},
  {"socket: CAN", ALL, NULL, make_socket, NULL, {29, RAW, 1}},
  {"socket: KEY", ALL, NULL, make_socket, NULL, {15, RAW, 2}},
  {"socket: RDS", ALL, NULL, make_socket, NULL, {21, SOCK_SEQPACKET}},
  {"socket: TIPC", ALL, NULL, make_socket, NULL, {30, SOCK_STREAM}},
  {"socket: XDP", ALL, NULL, make_socket, NULL, {44, RAW}},
  {"socket: SMC", ALL, NULL, make_socket, NULL, {43, SOCK_STREAM}},
  {"socket: QIPCRTR", ALL, NULL, make_socket, NULL, {42, SOCK_DGRAM}},
  {"socket: NFC", ALL, NULL, make_socket, NULL, {39, SOCK_SEQPACKET}},
  {"socket: AX25", ALL, NULL, make_socket, NULL, {3, SOCK_DGRAM}},
  {"socket pair: stream", ALL, NULL, make_pair, NULL, {SOCK_STREAM}},
  {"socket pair: packets", ALL, NULL, make_pair, NULL, {SOCK_SEQPACKET}},
  {"connect to this machine by TCP", ALL, NULL, connect_new, NULL, {AF_INET, SOCK_STREAM}},
  {"connect with an inherited TCP socket", ALL, hold_socket, connect_held, NULL,
   {AF_INET, SOCK_STREAM}},
  {"listen with an inherited TCP socket", ALL, hold_socket, bind_held, NULL,
   {AF_INET, SOCK_STREAM}},
  {"send with an inherited UDP socket", ALL, hold_socket, send_by_held, NULL,
   {AF_INET, SOCK_DGRAM}},
  {"connect an inherited socket to a path", ALL, hold_socket, connect_to_path, "outside/socket",
   {AF_UNIX, SOCK_STREAM}},
  {"accept from an inherited listener", ALL, hold_listener, accept_held},
  {"pass a descriptor by an inherited socket", D | R, hold_pair, pass_descriptor},
  {"send by sendmmsg on an inherited socket", ALL, hold_pair, pass_many},
  {"System V message queue", ALL, NULL, make_message_queue},
  {"System V semaphores", ALL, NULL, make_semaphores},
  {"System V shared memory", ALL, NULL, make_shared_segment},
  {"POSIX message queue", ALL, NULL, make_posix_queue},
};

const struct attack_list attack_sockets = {probes, COUNT(probes)};
