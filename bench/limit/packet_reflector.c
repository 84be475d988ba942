/*
 * How fast can packet rings on an interface answer HTTP at all?
 *
 * A stateless reflector (reflector.h) on AF_PACKET: TPACKET_V2 rings both ways with a virtio header, or a ring for what comes
 * and messages for what goes. Everything that has arrived is answered before one system call sends it all.
 * The kernel is told to copy each answer whole, which over veth is one copy less.
 *
 *   cc -O2 -o packet_reflector packet_reflector.c
 *   ip link add veth0 type veth peer name veth1
 *   ip addr add 10.9.2.1/24 dev veth0; ip link set veth0 up; ip link set veth1 up
 *   ./packet_reflector veth1 10.9.2.2 1024 [fin|keep] [messages] &     body of 1024 bytes; with fin: close after it
 *   wrk -t1 -c32 -d5 http://10.9.2.2/                  (ab -c 32 -n 50000 with fin)
 *
 * Pin it and the client to different cores (taskset). Bodies up to 16,000 bytes, as messages up to 60,000: one super-segment each.
 */
#define _GNU_SOURCE
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

#include "reflector.h"

/* Slots of both rings: the same as the server's, for what comes and for short frames. Sixteen lie in a block of whole pages. */
enum { RX_SLOT = 16704, RX_SLOTS = 512, TX_SLOT = 16448, TX_SLOTS = 64, PER_BLOCK = 16, TEXT_AT = 32 };

static size_t block(size_t slot) { return (slot * PER_BLOCK + 4095) & ~(size_t)4095; }
static size_t ring(size_t slot, size_t slots) { return slots / PER_BLOCK * block(slot); }
static uint8_t *at(uint8_t *ring, size_t index, size_t slot) {
  return ring + index / PER_BLOCK * block(slot) + index % PER_BLOCK * slot;
}

static void check(int failed, const char *what) {
  if (failed) {
    perror(what);
    exit(1);
  }
}

static void set(int fd, int option, int value, const char *what) {
  check(setsockopt(fd, SOL_PACKET, option, &value, sizeof value), what);
}

static void make_ring(int fd, int option, size_t slot, size_t slots) {
  struct tpacket_req request = {block(slot), slots / PER_BLOCK, slot, slots};
  check(setsockopt(fd, SOL_PACKET, option, &request, sizeof request), "ring");
}

static int open_socket(const char *name, int has_transmit_ring) {
  int fd = socket(AF_PACKET, SOCK_RAW, 0), buffer = TX_SLOTS << 18;
  check(fd < 0, "packet socket");
  set(fd, PACKET_VERSION, TPACKET_V2, "version");
  set(fd, PACKET_VNET_HDR, 1, "virtio header");
  set(fd, PACKET_IGNORE_OUTGOING, 1, "ignore outgoing");
  set(fd, PACKET_QDISC_BYPASS, 1, "queue bypass");
  set(fd, PACKET_LOSS, 1, "loss");
  check(setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer), "send buffer");
  make_ring(fd, PACKET_RX_RING, RX_SLOT, RX_SLOTS);
  if (has_transmit_ring) make_ring(fd, PACKET_TX_RING, TX_SLOT, TX_SLOTS);
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = if_nametoindex(name)};
  check(bind(fd, (struct sockaddr *)&address, sizeof address), name);
  return fd;
}

static uint32_t status(uint8_t *slot) { return __atomic_load_n(&((struct tpacket2_hdr *)slot)->tp_status, __ATOMIC_ACQUIRE); }

/* Fills a slot; the kernel copies it whole, as the length of its headers says. */
static void fill(uint8_t *slot, const uint8_t *headers, int n, const char *response, int text) {
  struct tpacket2_hdr *s = (void *)slot;
  struct virtio_net_hdr h = offload(headers, n + text, text);
  memcpy(slot + TEXT_AT, &h, sizeof h);
  memcpy(slot + TEXT_AT + sizeof h, headers, n);
  memcpy(slot + TEXT_AT + sizeof h + n, response, text);
  s->tp_len = sizeof h + n + text;
  __atomic_store_n(&s->tp_status, TP_STATUS_SEND_REQUEST, __ATOMIC_RELEASE);
}

/* A sleep and a wake-up cost more than a short wait: an empty ring is looked at for so long before. As the server does. */
enum { SPIN_NANOSECONDS = 50000 };

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* Where answers wait: slots of a ring, or messages, each with headers of its own and the one response. */
struct outgoing {
  int fd, queued;
  uint8_t *slots;
  size_t free;
  uint8_t fronts[TX_SLOTS][sizeof(struct virtio_net_hdr) + 128];
  struct iovec pieces[TX_SLOTS][2];
  struct mmsghdr messages[TX_SLOTS];
};

static void flush(struct outgoing *o) {
  if (o->slots) send(o->fd, 0, 0, MSG_DONTWAIT);
  for (int sent = 0, n; !o->slots && sent < o->queued; sent += n) {
    n = sendmmsg(o->fd, o->messages + sent, o->queued - sent, 0);
    check(n < 0, "send messages");
  }
  o->queued = 0;
}

static void add_to_ring(struct outgoing *o, const uint8_t *headers, int n, const char *response, int text) {
  uint8_t *place = at(o->slots, o->free, TX_SLOT);
  while (status(place) != TP_STATUS_AVAILABLE) send(o->fd, 0, 0, 0);
  fill(place, headers, n, response, text);
  o->free = (o->free + 1) % TX_SLOTS;
}

static void add_message(struct outgoing *o, const uint8_t *headers, int n, const char *response, int text) {
  struct virtio_net_hdr h = offload(headers, n + text, text);
  uint8_t *front = o->fronts[o->queued];
  struct iovec *pieces = o->pieces[o->queued];
  memcpy(front, &h, sizeof h);
  memcpy(front + sizeof h, headers, n);
  pieces[0] = (struct iovec){front, sizeof h + n};
  pieces[1] = (struct iovec){(void *)response, text};
  o->messages[o->queued].msg_hdr = (struct msghdr){.msg_iov = pieces, .msg_iovlen = text ? 2 : 1};
}

int main(int argc, char **argv) {
  struct responder r = responder(argc, argv);
  int has_ring = argc < 6 || strcmp(argv[5], "messages"), fd = open_socket(argv[1], has_ring);
  if (has_ring && r.length > 16000) {
    fprintf(stderr, "the answer is longer than a slot of the ring\n");
    return 2;
  }
  uint8_t headers[128];
  size_t size = ring(RX_SLOT, RX_SLOTS) + (has_ring ? ring(TX_SLOT, TX_SLOTS) : 0), next = 0;
  uint8_t *in = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  check(in == MAP_FAILED, "map the rings");
  static struct outgoing out;
  out.fd = fd;
  out.slots = has_ring ? in + ring(RX_SLOT, RX_SLOTS) : 0;
  int64_t last = now();
  for (;;) {
    uint8_t *slot = at(in, next, RX_SLOT);
    if (!(status(slot) & TP_STATUS_USER)) {
      struct pollfd p = {fd, POLLIN, 0};
      if (out.queued) flush(&out), last = now();
      else if (now() - last > SPIN_NANOSECONDS) poll(&p, 1, -1), last = now();
      continue;
    }
    const uint8_t *f = slot + ((struct tpacket2_hdr *)slot)->tp_mac;
    int text, n = answer(&r, f, headers, &text);
    if (n) {
      if (has_ring) add_to_ring(&out, headers, n, r.response, text);
      else add_message(&out, headers, n, r.response, text);
      if (++out.queued == TX_SLOTS) flush(&out);
    }
    __atomic_store_n(&((struct tpacket2_hdr *)slot)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    next = (next + 1) % RX_SLOTS;
  }
}
