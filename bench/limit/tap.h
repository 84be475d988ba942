/* A TAP with a virtio header, as the server opens it; with `napi` behind the other arguments as a card with a queue. */
#include <fcntl.h>
#include <linux/if_tun.h>
#include <sys/ioctl.h>

#include "reflector.h"

static int open_tap(int argc, char **argv) {
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  struct ifreq ifr = {.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR};
  if (argc > 5 && !strcmp(argv[5], "napi")) ifr.ifr_flags |= IFF_NAPI;
  strncpy(ifr.ifr_name, argv[1], IFNAMSIZ - 1);
  int header = sizeof(struct virtio_net_hdr);
  if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr) || ioctl(fd, TUNSETVNETHDRSZ, &header) ||
      ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4)) {
    perror("TAP");
    exit(1);
  }
  return fd;
}
