/*
 * Does io_uring carry a TAP faster than one read and one write for each frame?
 *
 * The stateless reflector (reflector.h) once more: reads lie ready in a ring, everything that has come is answered, and one
 * system call submits all answers and new reads. Reads of a TAP that has nothing wait by the file's own poll, and no worker
 * thread is needed.
 *
 *   cc -O2 -o uring_reflector uring_reflector.c -luring
 *   ./uring_reflector tap0 10.9.2.2 1024 [fin|keep] [napi]
 */
#include <liburing.h>

#include "tap.h"

enum { SLOTS = 64, WRITE = 1 << 16 };

struct slot {
  uint8_t in[70000], out[128];
  struct virtio_net_hdr header;
  struct iovec pieces[3];
};

static struct slot slots[SLOTS];

static struct io_uring_sqe *request(struct io_uring *ring) {
  struct io_uring_sqe *sqe;
  while (!(sqe = io_uring_get_sqe(ring))) io_uring_submit(ring);
  return sqe;
}

static void read_into(struct io_uring *ring, int fd, uint64_t number) {
  struct io_uring_sqe *sqe = request(ring);
  io_uring_prep_read(sqe, fd, slots[number].in, sizeof slots[number].in, 0);
  io_uring_sqe_set_data64(sqe, number);
}

/* Answers what was read into a slot. The slot is read into again when its answer has gone. */
static void reflect(struct io_uring *ring, int fd, const struct responder *r, uint64_t number) {
  struct slot *s = &slots[number];
  int text, n = answer(r, s->in + sizeof s->header, s->out, &text);
  if (!n) {
    read_into(ring, fd, number);
    return;
  }
  s->header = offload(s->out, n, text);
  s->pieces[0] = (struct iovec){&s->header, sizeof s->header};
  s->pieces[1] = (struct iovec){s->out, n};
  s->pieces[2] = (struct iovec){r->response, text};
  struct io_uring_sqe *sqe = request(ring);
  io_uring_prep_writev(sqe, fd, s->pieces, text ? 3 : 2, 0);
  io_uring_sqe_set_data64(sqe, number | WRITE);
}

int main(int argc, char **argv) {
  struct responder r = responder(argc, argv);
  int fd = open_tap(argc, argv);
  struct io_uring ring;
  struct io_uring_params params = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN};
  if (io_uring_queue_init_params(4 * SLOTS, &ring, &params)) {
    perror("io_uring");
    return 1;
  }
  for (uint64_t number = 0; number < SLOTS; number++) read_into(&ring, fd, number);
  for (;;) {
    io_uring_submit_and_wait(&ring, 1);
    struct io_uring_cqe *cqe;
    unsigned head, count = 0;
    io_uring_for_each_cqe(&ring, head, cqe) {
      uint64_t number = cqe->user_data & (WRITE - 1);
      if (cqe->user_data & WRITE || cqe->res < 0)
        read_into(&ring, fd, number);
      else
        reflect(&ring, fd, &r, number);
      count++;
    }
    io_uring_cq_advance(&ring, count);
  }
}
