#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>

int clinux_tun_attach(int tun, char *name, int flags) {
  struct ifreq request = {.ifr_flags = (short)flags};
  memcpy(request.ifr_name, name, IFNAMSIZ);
  request.ifr_name[IFNAMSIZ - 1] = 0;
  if (ioctl(tun, TUNSETIFF, &request) < 0) return -errno;
  memcpy(name, request.ifr_name, IFNAMSIZ);
  return 0;
}

int clinux_tun_set_header_size(int tun, int size) { return ioctl(tun, TUNSETVNETHDRSZ, &size) < 0 ? -errno : 0; }

int clinux_tun_set_offload(int tun, unsigned offload) {
  return ioctl(tun, TUNSETOFFLOAD, (unsigned long)offload) < 0 ? -errno : 0;
}

int clinux_tun_features(int tun) {
  unsigned features = 0;
  return ioctl(tun, TUNGETFEATURES, &features) < 0 ? -errno : (int)features;
}
