#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>

static struct ifreq request_for(const char *name) {
  struct ifreq request = {0};
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  return request;
}

int clinux_interface_flags(int socket, const char *name) {
  struct ifreq request = request_for(name);
  return ioctl(socket, SIOCGIFFLAGS, &request) < 0 ? -errno : (unsigned short)request.ifr_flags;
}

int clinux_interface_set_flags(int socket, const char *name, int flags) {
  struct ifreq request = request_for(name);
  request.ifr_flags = (short)flags;
  return ioctl(socket, SIOCSIFFLAGS, &request) < 0 ? -errno : 0;
}

int clinux_interface_mtu(int socket, const char *name) {
  struct ifreq request = request_for(name);
  return ioctl(socket, SIOCGIFMTU, &request) < 0 ? -errno : request.ifr_mtu;
}

int clinux_interface_set_mtu(int socket, const char *name, int mtu) {
  struct ifreq request = request_for(name);
  request.ifr_mtu = mtu;
  return ioctl(socket, SIOCSIFMTU, &request) < 0 ? -errno : 0;
}

int clinux_interface_hardware_address(int socket, const char *name, uint8_t *address) {
  struct ifreq request = request_for(name);
  if (ioctl(socket, SIOCGIFHWADDR, &request) < 0) return -errno;
  memcpy(address, request.ifr_hwaddr.sa_data, 6);
  return 0;
}

static int set_internet_address(int socket, const char *name, unsigned long operation, uint32_t value) {
  struct ifreq request = request_for(name);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(value)};
  memcpy(&request.ifr_addr, &address, sizeof address);
  return ioctl(socket, operation, &request) < 0 ? -errno : 0;
}

int clinux_interface_set_address(int socket, const char *name, uint32_t address) {
  return set_internet_address(socket, name, SIOCSIFADDR, address);
}

int clinux_interface_set_netmask(int socket, const char *name, uint32_t mask) {
  return set_internet_address(socket, name, SIOCSIFNETMASK, mask);
}
