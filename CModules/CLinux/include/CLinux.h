/*
 * The system calls that Swift cannot spell: ioctls, macros, and what stands behind _GNU_SOURCE.
 *
 * No policy, no state, no loops. Every function makes one request of the kernel and returns its result, or -errno.
 */
#pragma once

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>

/* Bytes of an interface's name with its final zero (IFNAMSIZ). */
enum { CLINUX_NAME_SIZE = 16 };
/* The kind of hardware that carries Ethernet frames (ARPHRD_ETHER). */
enum { CLINUX_ETHERNET = 1 };

/* TUN and TAP devices: Documentation/networking/tuntap.rst. */

/* Ties the open /dev/net/tun to the interface `name`, whose CLINUX_NAME_SIZE bytes receive the name that was given. */
int clinux_tun_attach(int tun, char *name, int flags);
/* Sets the size of the virtio header before each frame: 10, or 12 with the number of buffers. */
int clinux_tun_set_header_size(int tun, int size);
/* Says which unfinished frames (TUN_F_CSUM, TUN_F_TSO4, ...) the reader accepts. */
int clinux_tun_set_offload(int tun, unsigned offload);
/* The flags that the driver knows (IFF_VNET_HDR, IFF_MULTI_QUEUE, ...). */
int clinux_tun_features(int tun);

/* Packet sockets: packet(7). */

/* One of the messages that are sent together: `struct mmsghdr`, which stands behind _GNU_SOURCE. */
struct clinux_message {
  struct msghdr header;
  unsigned count;
};
/* Sends messages one after the other until one would have to wait or fails: sendmmsg(2). Returns how many it has sent. */
int clinux_send_messages(int socket, struct clinux_message *messages, unsigned count);

/* Network interfaces by name, through any socket: netdevice(7). */

int clinux_interface_flags(int socket, const char *name);
int clinux_interface_set_flags(int socket, const char *name, int flags);
int clinux_interface_mtu(int socket, const char *name);
int clinux_interface_set_mtu(int socket, const char *name, int mtu);
/* The six bytes of the hardware address into `address`. */
int clinux_interface_hardware_address(int socket, const char *name, uint8_t *address);
/* The interface's number, which a packet socket is bound to. */
int clinux_interface_index(int socket, const char *name);
/* The kind of its hardware: CLINUX_ETHERNET (ARPHRD_ETHER) and others. */
int clinux_interface_hardware_type(int socket, const char *name);
/* Whether its driver cuts super-frames (ETHTOOL_GTSO). */
int clinux_interface_segments(int socket, const char *name);
/* Whether its driver says that it is a TAP (ETHTOOL_GDRVINFO). */
int clinux_interface_is_tap(int socket, const char *name);
/* Gives the interface an IPv4 address and its mask, both in host byte order. */
int clinux_interface_set_address(int socket, const char *name, uint32_t address);
int clinux_interface_set_netmask(int socket, const char *name, uint32_t mask);
/* Gives the interface of this number an IPv6 address; the socket is one of AF_INET6. */
int clinux_interface_add_address6(int socket, int index, const struct in6_addr *address, uint32_t prefix_length);

/* Waiting: ppoll(2), eventfd(2), signalfd(2). */

/* Waits until a descriptor is ready or `timeout` is over; for ever when it is null. */
int clinux_ppoll(struct pollfd *descriptors, unsigned count, const struct timespec *timeout);
/* A counter that never blocks its reader. */
int clinux_eventfd(void);
/* A counter whose reader waits until it can take one. */
int clinux_semaphore(void);
/* A descriptor from which the signals of `set` are read. */
int clinux_signalfd(const sigset_t *set);

/* Many descriptors at once, each with a name: epoll(7). */

int clinux_epoll_create(void);
/* Watches a descriptor for something to read, or for room to write where `for_writing` is not 0. */
int clinux_epoll_add(int epoll, int descriptor, uint32_t name, int for_writing);
int clinux_epoll_change(int epoll, int descriptor, uint32_t name, int for_writing);
/* Waits for `milliseconds`, for ever when they are negative. The names of those that are ready go to `names`. */
int clinux_epoll_wait(int epoll, uint32_t *names, int count, int milliseconds);

/* The next connection of a listening socket, which never blocks: accept4(2). */
int clinux_accept(int listener);

/* Files. */

/* Opens a file for reading past the page cache (O_DIRECT). */
int clinux_open_direct(const char *path);
/* Opens a file without a name in `directory`, past the page cache: gone when it is closed. */
int clinux_open_unnamed_direct(const char *directory);

/* The process and its threads: capabilities(7), sched_setaffinity(2). */

/* The calling thread's effective capabilities, one bit each. */
int clinux_capabilities(uint64_t *effective);
/* Gives up every capability of the calling thread. */
int clinux_drop_capabilities(void);
/* Lets the process lock all the memory it has. */
int clinux_lock_without_limit(void);
/* Takes a capability out of the bounds of the calling thread; -EINVAL behind the last. */
int clinux_forbid_capability(int number);
/* Keeps the process and its children from gaining privileges by executing a file. */
int clinux_forbid_new_privileges(void);
/* How many processors the calling thread may run on. */
int clinux_processor_count(void);
/* Whether the calling thread may run on a processor. */
int clinux_may_run_on(int processor);
/* Lets the calling thread run on these processors only. */
int clinux_pin_thread(const int *processors, int count);
/* Names the calling thread for ps and top: at most 15 bytes. */
int clinux_name_thread(const char *name);
// A network namespace of the process's own, with a user namespace around it where `with_user` is not 0 (unshare(2)).
int clinux_unshare_network(int with_user);

/* Local sockets and what passes through them: unix(7), pidfd_open(2). */

/* Binds a socket to a path, or connects it to one. */
int clinux_local_bind(int socket, const char *path);
/* Takes a name outside the file system, which is free again when the socket is closed. */
int clinux_local_reserve(int socket, const char *name);
int clinux_local_connect(int socket, const char *path);
/* Takes the next connection of a listening socket; it never blocks. */
int clinux_local_accept(int socket);
/* Sends one message, and open descriptors with it (SCM_RIGHTS), at most CLINUX_MOST_PASSED. */
#define CLINUX_MOST_PASSED 2
int clinux_local_send(int socket, const void *bytes, unsigned long count, const int *descriptors, unsigned passed);
/* Receives one message and the descriptors that came with it, of which the others are -1; what does not fit into `size` is cut off. */
int clinux_local_receive(int socket, void *bytes, unsigned long size, int descriptors[CLINUX_MOST_PASSED]);
/* The process at the other end, and the user and group it ran as when it connected (SO_PEERCRED). */
int clinux_local_peer(int socket, int *process, unsigned *user, unsigned *group);
/* The further groups of the process at the other end (SO_PEERGROUPS); returns how many. */
int clinux_local_peer_groups(int socket, unsigned *groups, unsigned most);
/* A descriptor that becomes readable when the process ends. */
int clinux_process_descriptor(int process);
