#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/ethtool.h>
#include <linux/ipv6.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

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

static struct ifreq request_for(const char *name) {
  struct ifreq request = {0};
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  return request;
}

_Static_assert(sizeof(struct clinux_message) == sizeof(struct mmsghdr), "a message is a struct mmsghdr");

int clinux_send_messages(int socket, struct clinux_message *messages, unsigned count) {
  int result = sendmmsg(socket, (struct mmsghdr *)messages, count, MSG_DONTWAIT);
  return result < 0 ? -errno : result;
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

int clinux_interface_index(int socket, const char *name) {
  struct ifreq request = request_for(name);
  return ioctl(socket, SIOCGIFINDEX, &request) < 0 ? -errno : request.ifr_ifindex;
}

int clinux_interface_hardware_type(int socket, const char *name) {
  struct ifreq request = request_for(name);
  return ioctl(socket, SIOCGIFHWADDR, &request) < 0 ? -errno : request.ifr_hwaddr.sa_family;
}

int clinux_interface_segments(int socket, const char *name) {
  struct ethtool_value value = {.cmd = ETHTOOL_GTSO};
  struct ifreq request = request_for(name);
  request.ifr_data = (void *)&value;
  return ioctl(socket, SIOCETHTOOL, &request) < 0 ? -errno : value.data != 0;
}

int clinux_interface_is_tap(int socket, const char *name) {
  struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
  struct ifreq request = request_for(name);
  request.ifr_data = (void *)&driver;
  if (ioctl(socket, SIOCETHTOOL, &request) < 0) return -errno;
  return strcmp(driver.driver, "tun") == 0 && strcmp(driver.bus_info, "tap") == 0;
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

int clinux_interface_add_address6(int socket, int index, const struct in6_addr *address, uint32_t prefix_length) {
  struct in6_ifreq request = {.ifr6_addr = *address, .ifr6_prefixlen = prefix_length, .ifr6_ifindex = index};
  return ioctl(socket, SIOCSIFADDR, &request) < 0 ? -errno : 0;
}

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

int clinux_open_direct(const char *path) {
  int descriptor = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_open_unnamed_direct(const char *directory) {
  int descriptor = open(directory, O_RDWR | O_TMPFILE | O_DIRECT | O_CLOEXEC, 0600);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_capabilities(uint64_t *effective) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};
  if (syscall(SYS_capget, &header, data) < 0) return -errno;
  *effective = (uint64_t)data[1].effective << 32 | data[0].effective;
  return 0;
}

int clinux_drop_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};
  return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

int clinux_lock_without_limit(void) {
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return setrlimit(RLIMIT_MEMLOCK, &limit) < 0 ? -errno : 0;
}

int clinux_forbid_capability(int number) { return prctl(PR_CAPBSET_DROP, number, 0, 0, 0) < 0 ? -errno : 0; }

int clinux_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0; }

int clinux_processor_count(void) {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) < 0 ? -errno : CPU_COUNT(&set);
}

int clinux_may_run_on(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) < 0 ? -errno : CPU_ISSET(processor, &set) != 0;
}

int clinux_pin_thread(const int *processors, int count) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int i = 0; i < count; i++) {
    if (processors[i] < 0 || processors[i] >= CPU_SETSIZE) return -EINVAL;
    CPU_SET(processors[i], &set);
  }
  return sched_setaffinity(0, sizeof set, &set) < 0 ? -errno : 0;
}

int clinux_name_thread(const char *name) { return -pthread_setname_np(pthread_self(), name); }

int clinux_unshare_network(int with_user) {
  return unshare(CLONE_NEWNET | (with_user ? CLONE_NEWUSER : 0)) < 0 ? -errno : 0;
}

static int address_of(const char *path, struct sockaddr_un *address) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  if (strlen(path) >= sizeof address->sun_path) return -ENAMETOOLONG;
  strcpy(address->sun_path, path);
  return 0;
}

int clinux_local_bind(int socket, const char *path) {
  struct sockaddr_un address;
  int result = address_of(path, &address);
  if (result < 0) return result;
  return bind(socket, (struct sockaddr *)&address, sizeof address) < 0 ? -errno : 0;
}

int clinux_local_reserve(int socket, const char *name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(name) >= sizeof address.sun_path - 1) return -ENAMETOOLONG;
  strcpy(address.sun_path + 1, name);
  socklen_t size = offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name);
  return bind(socket, (struct sockaddr *)&address, size) < 0 ? -errno : 0;
}

int clinux_local_connect(int socket, const char *path) {
  struct sockaddr_un address;
  int result = address_of(path, &address);
  if (result < 0) return result;
  return connect(socket, (struct sockaddr *)&address, sizeof address) < 0 ? -errno : 0;
}

int clinux_local_accept(int socket) {
  int connection = accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  return connection < 0 ? -errno : connection;
}

/* Room for the descriptors that pass with a message. */
union passed {
  struct cmsghdr align;
  char bytes[CMSG_SPACE(CLINUX_MOST_PASSED * sizeof(int))];
};

int clinux_local_send(int socket, const void *bytes, unsigned long count, const int *descriptors, unsigned passed) {
  union passed control = {0};
  struct iovec piece = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  if (passed > CLINUX_MOST_PASSED) return -EINVAL;
  if (passed > 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(passed * sizeof(int));
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(passed * sizeof(int));
    memcpy(CMSG_DATA(header), descriptors, passed * sizeof(int));
  }
  ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  return sent < 0 ? -errno : (int)sent;
}

int clinux_local_receive(int socket, void *bytes, unsigned long size, int descriptors[CLINUX_MOST_PASSED]) {
  union passed control;
  struct iovec piece = {.iov_base = bytes, .iov_len = size};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes,
      .msg_controllen = CMSG_LEN(CLINUX_MOST_PASSED * sizeof(int))};
  for (int i = 0; i < CLINUX_MOST_PASSED; i++) descriptors[i] = -1;
  ssize_t count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (count < 0) return -errno;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  /* The kernel closes what there is no room for. */
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy(descriptors, CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0));
  return (int)count;
}

int clinux_local_peer(int socket, int *process, unsigned *user, unsigned *group) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -errno;
  *process = peer.pid;
  *user = peer.uid;
  *group = peer.gid;
  return 0;
}

int clinux_local_peer_groups(int socket, unsigned *groups, unsigned most) {
  socklen_t size = most * sizeof(unsigned);
  if (getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups, &size) < 0) return -errno;
  return (int)(size / sizeof(unsigned));
}

int clinux_process_descriptor(int process) {
  int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
  return descriptor < 0 ? -errno : descriptor;
}

int clinux_epoll_create(void) {
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  return epoll < 0 ? -errno : epoll;
}

static int epoll_control(int epoll, int operation, int descriptor, uint32_t name, int for_writing) {
  struct epoll_event event = {.events = for_writing ? EPOLLOUT : EPOLLIN, .data.u32 = name};
  return epoll_ctl(epoll, operation, descriptor, &event) < 0 ? -errno : 0;
}

int clinux_epoll_add(int epoll, int descriptor, uint32_t name, int for_writing) {
  return epoll_control(epoll, EPOLL_CTL_ADD, descriptor, name, for_writing);
}

int clinux_epoll_change(int epoll, int descriptor, uint32_t name, int for_writing) {
  return epoll_control(epoll, EPOLL_CTL_MOD, descriptor, name, for_writing);
}

int clinux_epoll_wait(int epoll, uint32_t *names, int count, int milliseconds) {
  struct epoll_event events[256];
  int ready = epoll_wait(epoll, events, count < 256 ? count : 256, milliseconds);
  if (ready < 0) return -errno;
  for (int i = 0; i < ready; i++) names[i] = events[i].data.u32;
  return ready;
}

int clinux_accept(int listener) {
  int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return socket < 0 ? -errno : socket;
}
