#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/eventfd.h>

int clinux_ppoll(struct pollfd *descriptors, unsigned count, const struct timespec *timeout) {
  int ready = ppoll(descriptors, count, timeout, 0);
  return ready < 0 ? -errno : ready;
}

int clinux_eventfd(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_semaphore(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_signalfd(const sigset_t *set) {
  int descriptor = signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}
