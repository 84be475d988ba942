/*
 * A ring of io_uring, as liburing has it, behind a pointer: its own header redefines what the C library's and the Swift
 * packages' headers define, and its functions for each request are inline.
 *
 * No policy. Every function does one thing to a ring and returns its result, or -errno.
 */
#pragma once

#include <stdint.h>
#include <sys/uio.h>

struct curing;

/* Makes a ring of so many entries, whose completions interrupt nobody where the kernel can do that (since 5.19). */
int curing_open(struct curing **ring, unsigned entries);
/* Closes a ring and frees it. */
void curing_close(struct curing *ring);
/* The ring's own descriptor, which can be read while there are completions. */
int curing_descriptor(const struct curing *ring);
/* Registers the file that all reads are of. */
int curing_register_file(struct curing *ring, int descriptor);
/* Registers memory that is read into. */
int curing_register_buffers(struct curing *ring, const struct iovec *buffers, unsigned count);
/* Queues a read into several places; -EBUSY when the ring is full. */
int curing_read_vectors(
    struct curing *ring, const struct iovec *vectors, unsigned count, uint64_t position, uint64_t token);
/* Queues a read into one place inside the registered buffer `buffer`; -EBUSY when the ring is full. */
int curing_read_fixed(
    struct curing *ring, const struct iovec *vector, int buffer, uint64_t position, uint64_t token);
/* Hands what is queued to the kernel, and returns how many that were. */
int curing_submit(struct curing *ring);
/* Takes the oldest completion: 1 and its token and result, or 0 when there is none. */
int curing_take(struct curing *ring, uint64_t *token, int *result);
/* Sleeps until there is a completion. */
int curing_wait(struct curing *ring);
