/*
 * How fast can packet rings on an interface answer HTTP at all?
 *
 * The stateless reflector of tap_reflector.c on AF_PACKET: TPACKET_V2 rings both ways with a virtio header. Every segment
 * is answered from its own numbers; everything that has arrived is answered before one system call sends it all.
 * The kernel is told to copy each answer whole, which over veth is one copy instead of two.
 *
 *   cc -O2 -o packet_reflector packet_reflector.c
 *   ip link add veth0 type veth peer name veth1
 *   ip addr add 10.9.2.1/24 dev veth0; ip link set veth0 up; ip link set veth1 up
 *   ./packet_reflector veth1 10.9.2.2 1024 [fin] &     body of 1024 bytes; with fin: close after it
 *   wrk -t1 -c32 -d5 http://10.9.2.2/                  (ab -c 32 -n 50000 with fin)
 *
 * Pin it and the client to different cores (taskset). Bodies up to 60,000 bytes, one super-segment each.
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16, MSS = 1460 };

/* Slots of both rings: the same as the server's. Sixteen lie in a block of whole pages. */
enum { RX_SLOT = 16832, RX_SLOTS = 512, TX_SLOT = 65728, TX_SLOTS = 64, PER_BLOCK = 16, TEXT_AT = 32 };

static size_t block(size_t slot) { return (slot * PER_BLOCK + 4095) & ~(size_t)4095; }
static size_t ring(size_t slot, size_t slots) { return slots / PER_BLOCK * block(slot); }
static uint8_t *at(uint8_t *ring, size_t index, size_t slot) {
  return ring + index / PER_BLOCK * block(slot) + index % PER_BLOCK * slot;
}

static const uint8_t mac[6] = {2, 0, 0, 0, 0, 9};

static void put16(uint8_t *p, uint32_t v) { p[0] = v >> 8; p[1] = v; }
static void put32(uint8_t *p, uint32_t v) { put16(p, v >> 16); put16(p + 2, v); }
static uint32_t get16(const uint8_t *p) { return p[0] << 8 | p[1]; }
static uint32_t get32(const uint8_t *p) { return get16(p) << 16 | get16(p + 2); }

static uint16_t sum(const uint8_t *p, int n, uint32_t s) {
  for (; n > 1; p += 2, n -= 2) s += get16(p);
  while (s >> 16) s = (s & 0xffff) + (s >> 16);
  return s;
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

static int open_socket(const char *name) {
  int fd = socket(AF_PACKET, SOCK_RAW, 0), buffer = TX_SLOTS << 18;
  check(fd < 0, "packet socket");
  set(fd, PACKET_VERSION, TPACKET_V2, "version");
  set(fd, PACKET_VNET_HDR, 1, "virtio header");
  set(fd, PACKET_IGNORE_OUTGOING, 1, "ignore outgoing");
  set(fd, PACKET_QDISC_BYPASS, 1, "queue bypass");
  set(fd, PACKET_LOSS, 1, "loss");
  check(setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer), "send buffer");
  make_ring(fd, PACKET_RX_RING, RX_SLOT, RX_SLOTS);
  make_ring(fd, PACKET_TX_RING, TX_SLOT, TX_SLOTS);
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = if_nametoindex(name)};
  check(bind(fd, (struct sockaddr *)&address, sizeof address), name);
  return fd;
}

/* Answers an ARP request for `ip`; returns the length of the reply or 0. */
static int answer_arp(const uint8_t *f, uint8_t *o, const uint8_t *ip) {
  if (f[21] != 1 || memcmp(f + 38, ip, 4)) return 0;
  memcpy(o, f + 6, 6);
  memcpy(o + 6, mac, 6);
  memcpy(o + 12, f + 12, 8);
  put16(o + 20, 2);
  memcpy(o + 22, mac, 6);
  memcpy(o + 28, ip, 4);
  memcpy(o + 32, f + 22, 10);
  return 42;
}

/* Answers a TCP segment; returns the length of the headers or 0, and in *text the bytes of text to send behind them. */
static int answer_tcp(const uint8_t *f, uint8_t *o, const uint8_t *ip, int response, int fin, int *text) {
  const uint8_t *t = f + 34;
  if (f[23] != 6 || memcmp(f + 30, ip, 4)) return 0;
  uint32_t length = get16(f + 16) - 20 - (t[12] >> 4) * 4, flags = t[13];
  uint32_t seq = get32(t + 8), ack = get32(t + 4) + length, reply = 0, options = 0;
  *text = 0;
  if (flags & SYN) reply = SYN | ACK, ack = get32(t + 4) + 1, seq = 1000, options = 8;
  else if (flags & RST) return 0;
  else if (length) reply = ACK | PSH | (fin ? FIN : 0), *text = response;
  else if (flags & FIN) reply = fin ? ACK : ACK | FIN, ack++;
  else return 0;

  memcpy(o, f + 6, 6);
  memcpy(o + 6, mac, 6);
  put16(o + 12, 0x0800);
  uint8_t *i = o + 14, *q = o + 34;
  put32(i, 0x45000000u | (40 + options + *text));
  put32(i + 4, 0x4000);
  put32(i + 8, 0x40060000);
  memcpy(i + 12, ip, 4);
  memcpy(i + 16, f + 26, 4);
  put16(i + 10, ~sum(i, 20, 0));
  memcpy(q, t + 2, 2);
  memcpy(q + 2, t, 2);
  put32(q + 4, seq);
  put32(q + 8, ack);
  put16(q + 12, (20 + options) / 4 << 12 | reply);
  put16(q + 14, 0xffff);
  put32(q + 16, 0);
  if (options) put32(q + 20, 0x02040000 | MSS), put32(q + 24, 0x01030307);
  put16(q + 16, sum(i + 12, 8, 6 + 20 + options + *text)); /* pseudo-header alone: the receiver does not look at it */
  return 54 + options;
}

/* Fills a slot; the kernel copies it whole, as the length of its headers says. */
static void fill(uint8_t *slot, const uint8_t *headers, int n, int is_tcp, const char *response, int text) {
  struct tpacket2_hdr *s = (void *)slot;
  struct virtio_net_hdr h = {.hdr_len = n + text};
  if (is_tcp) h.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM, h.csum_start = 34, h.csum_offset = 16;
  if (text > MSS) h.gso_type = VIRTIO_NET_HDR_GSO_TCPV4, h.gso_size = MSS;
  memcpy(slot + TEXT_AT, &h, sizeof h);
  memcpy(slot + TEXT_AT + sizeof h, headers, n);
  memcpy(slot + TEXT_AT + sizeof h + n, response, text);
  s->tp_len = sizeof h + n + text;
  __atomic_store_n(&s->tp_status, TP_STATUS_SEND_REQUEST, __ATOMIC_RELEASE);
}

static uint32_t status(uint8_t *slot) { return __atomic_load_n(&((struct tpacket2_hdr *)slot)->tp_status, __ATOMIC_ACQUIRE); }

int main(int argc, char **argv) {
  if (argc < 4) return fprintf(stderr, "usage: %s INTERFACE ADDRESS BODY-BYTES [fin]\n", argv[0]), 2;
  int fd = open_socket(argv[1]), body = atoi(argv[3]), fin = argc > 4;
  uint8_t ip[4], headers[128];
  inet_pton(AF_INET, argv[2], ip);
  char *response = malloc(body + 512);
  int head = sprintf(response, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n", body, fin ? "Connection: close\r\n" : "");
  memset(response + head, 'x', body);

  size_t size = ring(RX_SLOT, RX_SLOTS) + ring(TX_SLOT, TX_SLOTS), next = 0, free = 0, queued = 0;
  uint8_t *in = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), *out = in + ring(RX_SLOT, RX_SLOTS);
  check(in == MAP_FAILED, "map the rings");
  for (;;) {
    uint8_t *slot = at(in, next, RX_SLOT);
    if (!(status(slot) & TP_STATUS_USER)) {
      struct pollfd p = {fd, POLLIN, 0};
      if (queued) send(fd, 0, 0, MSG_DONTWAIT), queued = 0;
      else poll(&p, 1, -1);
      continue;
    }
    const uint8_t *f = slot + ((struct tpacket2_hdr *)slot)->tp_mac;
    uint32_t type = get16(f + 12);
    int text = 0, n = type == 0x0806 ? answer_arp(f, headers, ip) : type == 0x0800 ? answer_tcp(f, headers, ip, head + body, fin, &text) : 0;
    if (n) {
      uint8_t *place = at(out, free, TX_SLOT);
      while (status(place) != TP_STATUS_AVAILABLE) send(fd, 0, 0, 0);
      fill(place, headers, n, type == 0x0800, response, text);
      free = (free + 1) % TX_SLOTS;
      queued++;
    }
    __atomic_store_n(&((struct tpacket2_hdr *)slot)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    next = (next + 1) % RX_SLOTS;
  }
}
