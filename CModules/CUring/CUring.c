#include "CUring.h"

#include <liburing.h>
#include <stdlib.h>

struct curing {
  struct io_uring ring;
};

int curing_open(struct curing **ring, unsigned entries) {
  struct curing *made = calloc(1, sizeof *made);
  if (!made) return -ENOMEM;
  int result = io_uring_queue_init(entries, &made->ring, IORING_SETUP_COOP_TASKRUN);
  if (result == -EINVAL) result = io_uring_queue_init(entries, &made->ring, 0);
  if (result < 0) {
    free(made);
    return result;
  }
  *ring = made;
  return 0;
}

void curing_close(struct curing *ring) {
  io_uring_queue_exit(&ring->ring);
  free(ring);
}

int curing_descriptor(const struct curing *ring) { return ring->ring.ring_fd; }

int curing_register_file(struct curing *ring, int descriptor) {
  return io_uring_register_files(&ring->ring, &descriptor, 1);
}

int curing_register_buffers(struct curing *ring, const struct iovec *buffers, unsigned count) {
  return io_uring_register_buffers(&ring->ring, buffers, count);
}

/* The entry's descriptor is the first registered file. */
static int queue(struct io_uring_sqe *entry, uint64_t token) {
  io_uring_sqe_set_flags(entry, IOSQE_FIXED_FILE);
  io_uring_sqe_set_data64(entry, token);
  return 0;
}

int curing_read_vectors(
    struct curing *ring, const struct iovec *vectors, unsigned count, uint64_t position, uint64_t token) {
  struct io_uring_sqe *entry = io_uring_get_sqe(&ring->ring);
  if (!entry) return -EBUSY;
  io_uring_prep_readv(entry, 0, vectors, count, position);
  return queue(entry, token);
}

int curing_read_fixed(
    struct curing *ring, const struct iovec *vector, int buffer, uint64_t position, uint64_t token) {
  struct io_uring_sqe *entry = io_uring_get_sqe(&ring->ring);
  if (!entry) return -EBUSY;
  io_uring_prep_read_fixed(entry, 0, vector->iov_base, (unsigned)vector->iov_len, position, buffer);
  return queue(entry, token);
}

int curing_submit(struct curing *ring) { return io_uring_submit(&ring->ring); }

int curing_take(struct curing *ring, uint64_t *token, int *result) {
  struct io_uring_cqe *completion;
  if (io_uring_peek_cqe(&ring->ring, &completion) != 0 || !completion) return 0;
  *token = io_uring_cqe_get_data64(completion);
  *result = completion->res;
  io_uring_cqe_seen(&ring->ring, completion);
  return 1;
}

int curing_wait(struct curing *ring) {
  struct io_uring_cqe *completion;
  return io_uring_wait_cqe(&ring->ring, &completion);
}
