/*
 * What the stateless reflectors share: every segment is answered from its own numbers (our sequence number is the peer's
 * acknowledgment), without a connection, a timer or a memory of what was sent. They differ in the device alone.
 */
#include <arpa/inet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16, MSS = 1460 };

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

/* The address that is answered for, the response, and whether the connection is closed behind it. */
struct responder {
  uint8_t address[4];
  char *response;
  int length, closes;
};

/* Reads a file with a whole response, of at most 60,000 bytes: what one frame carries. */
static void read_response(struct responder *r, const char *path) {
  FILE *file = fopen(path, "rb");
  r->response = malloc(60000);
  r->length = file ? fread(r->response, 1, 60000, file) : 0;
  if (!r->length || getc(file) != EOF) {
    fprintf(stderr, "%s: not a file of 1 to 60,000 bytes\n", path);
    exit(2);
  }
  fclose(file);
}

/* From the arguments: DEVICE ADDRESS RESPONSE [fin|keep]. A number is that of bytes behind the least head there can be. */
static struct responder responder(int argc, char **argv) {
  struct responder r = {.closes = argc > 4 && !strcmp(argv[4], "fin")};
  if (argc < 4 || inet_pton(AF_INET, argv[2], r.address) != 1) {
    fprintf(stderr, "usage: %s DEVICE ADDRESS BODY-BYTES|FILE [fin|keep] [napi]\n", argv[0]);
    exit(2);
  }
  int body = atoi(argv[3]);
  if (body == 0 && argv[3][0] != '0') {
    read_response(&r, argv[3]);
    return r;
  }
  r.response = malloc(body + 512);
  int head = sprintf(r.response, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n", body, r.closes ? "Connection: close\r\n" : "");
  memset(r.response + head, 'x', body);
  r.length = head + body;
  return r;
}

/* Answers an ARP request for our address; returns the length of the reply or 0. */
static int answer_arp(const struct responder *r, const uint8_t *f, uint8_t *o) {
  if (f[21] != 1 || memcmp(f + 38, r->address, 4)) return 0;
  memcpy(o, f + 6, 6);
  memcpy(o + 6, mac, 6);
  memcpy(o + 12, f + 12, 8);
  put16(o + 20, 2);
  memcpy(o + 22, mac, 6);
  memcpy(o + 28, r->address, 4);
  memcpy(o + 32, f + 22, 10);
  return 42;
}

/* Answers a TCP segment; returns the length of the headers or 0, and in *text the bytes of text to send behind them. */
static int answer_tcp(const struct responder *r, const uint8_t *f, uint8_t *o, int *text) {
  const uint8_t *t = f + 34;
  if (f[23] != 6 || memcmp(f + 30, r->address, 4)) return 0;
  uint32_t length = get16(f + 16) - 20 - (t[12] >> 4) * 4, flags = t[13];
  uint32_t seq = get32(t + 8), ack = get32(t + 4) + length, reply = 0, options = 0;
  if (flags & SYN) reply = SYN | ACK, ack = get32(t + 4) + 1, seq = 1000, options = 8;
  else if (flags & RST) return 0;
  else if (length) reply = ACK | PSH | (r->closes ? FIN : 0), *text = r->length;
  else if (flags & FIN) reply = r->closes ? ACK : ACK | FIN, ack++;
  else return 0;

  memcpy(o, f + 6, 6);
  memcpy(o + 6, mac, 6);
  put16(o + 12, 0x0800);
  uint8_t *i = o + 14, *q = o + 34;
  put32(i, 0x45000000u | (40 + options + *text));
  put32(i + 4, 0x4000);
  put32(i + 8, 0x40060000);
  memcpy(i + 12, r->address, 4);
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
  put16(q + 16, sum(i + 12, 8, 6 + 20 + options + *text)); /* pseudo-header alone: nobody looks at more */
  return 54 + options;
}

/* Answers a frame; returns the length of the headers in `o` or 0, and in *text the bytes of the response behind them. */
static int answer(const struct responder *r, const uint8_t *f, uint8_t *o, int *text) {
  *text = 0;
  switch (get16(f + 12)) {
    case 0x0806: return answer_arp(r, f, o);
    case 0x0800: return answer_tcp(r, f, o, text);
    default: return 0;
  }
}

/* What the device is told of an answer: of its segments the checksum is to be finished, and long ones are to be cut. */
static struct virtio_net_hdr offload(const uint8_t *headers, int copied, int text) {
  struct virtio_net_hdr h = {.hdr_len = copied};
  if (get16(headers + 12) == 0x0800) h.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM, h.csum_start = 34, h.csum_offset = 16;
  if (text > MSS) h.gso_type = VIRTIO_NET_HDR_GSO_TCPV4, h.gso_size = MSS;
  return h;
}
