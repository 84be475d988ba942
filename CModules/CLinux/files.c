#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>

int clinux_open_direct(const char *path) {
  int descriptor = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_open_unnamed_direct(const char *directory) {
  int descriptor = open(directory, O_RDWR | O_TMPFILE | O_DIRECT | O_CLOEXEC, 0600);
  return descriptor < 0 ? -errno : descriptor;
}
