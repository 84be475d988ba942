/*
 * Visits pages at random, each with all it embeds, on connections that stay, and says how long the pages took.
 *
 *   visitor ADDRESS LIST VISITORS SECONDS SEED
 *
 * A line of LIST is a page and what it embeds: paths with tabs between them. Each visitor asks for one after the other on
 * a connection of its own, and like a browser keeps what pages embed: it asks for each style sheet, script and image once.
 * Prints a line: pages, requests, bytes of bodies, seconds, and the median and the 99th
 * percentile of the time that a page took, in milliseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <search.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PATHS = 1024, HEAD_SIZE = 4096 };

struct page {
  int count;
  int *paths;
};

struct visitor {
  int socket;
  const struct page *page;
  int next;
  unsigned char *kept;
  double begun;
  char head[HEAD_SIZE];
  size_t head_count;
  int64_t body_left;
};

static char **paths;
static size_t path_count, path_capacity;
static struct page *pages;
static size_t page_count;
static double *times;
static size_t time_count, time_capacity;
static uint64_t requests, bytes, seed;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* xorshift64* of Vigna. */
static uint64_t chance(void) {
  seed ^= seed >> 12;
  seed ^= seed << 25;
  seed ^= seed >> 27;
  return seed * 0x2545F4914F6CDD1DULL;
}

/* The number of a path, one for all who embed it. */
static int number_of(const char *path) {
  ENTRY *found = hsearch((ENTRY){.key = (char *)path}, FIND);
  if (found) return (int)(intptr_t)found->data;
  if (path_count == path_capacity) paths = realloc(paths, (path_capacity = path_capacity * 2 + 64) * sizeof *paths);
  char *copy = paths[path_count] = strdup(path);
  if (!hsearch((ENTRY){.key = copy, .data = (void *)(intptr_t)path_count}, ENTER)) fail("more paths than expected");
  return (int)path_count++;
}

static void read_list(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) fail(path);
  char *line = 0;
  int numbers[MOST_PATHS];
  size_t size = 0, capacity = 0;
  while (getline(&line, &size, file) > 0) {
    if (page_count == capacity) pages = realloc(pages, (capacity = capacity * 2 + 64) * sizeof *pages);
    struct page page = {0};
    for (char *part = strtok(line, "\t\n"); part && page.count < MOST_PATHS; part = strtok(0, "\t\n"))
      numbers[page.count++] = number_of(part);
    page.paths = memcpy(malloc(sizeof(int) * (size_t)page.count), numbers, sizeof(int) * (size_t)page.count);
    pages[page_count++] = page;
  }
  fclose(file);
}

/* Asks for the next path of the page; returns false when the visitor has them all. */
static int ask(struct visitor *visitor) {
  const struct page *page = visitor->page;
  while (visitor->next > 0 && visitor->next < page->count && visitor->kept[page->paths[visitor->next]]) visitor->next++;
  if (visitor->next == page->count) return 0;
  int number = page->paths[visitor->next++];
  if (visitor->next > 1) visitor->kept[number] = 1;
  char request[2048];
  int count = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: cheetah.test\r\n\r\n", paths[number]);
  if (send(visitor->socket, request, (size_t)count, MSG_NOSIGNAL) != count) fail("send");
  visitor->head_count = 0;
  visitor->body_left = -1;
  return 1;
}

static void visit(struct visitor *visitor) {
  visitor->page = &pages[chance() % page_count];
  visitor->next = 0;
  visitor->begun = now();
  ask(visitor);
}

/* Takes in part of a head; returns how many of the bytes belong to it. */
static size_t take_head(struct visitor *visitor, const char *data, size_t count) {
  size_t before = visitor->head_count, room = HEAD_SIZE - 1 - before;
  size_t copied = count < room ? count : room;
  memcpy(visitor->head + before, data, copied);
  visitor->head[visitor->head_count += copied] = 0;
  char *end = strstr(visitor->head, "\r\n\r\n");
  if (!end && copied < count) errno = EMSGSIZE, fail("a head");
  if (!end) return count;
  char *length = strcasestr(visitor->head, "\r\nContent-Length:");
  if (strncmp(visitor->head, "HTTP/1.1 200", 12) || !length) {
    fprintf(stderr, "%s: %.60s\n", paths[visitor->page->paths[visitor->next - 1]], visitor->head);
    exit(1);
  }
  visitor->body_left = strtoll(length + 17, 0, 10);
  bytes += (uint64_t)visitor->body_left;
  return (size_t)(end + 4 - visitor->head) - before;
}

static void end_page(struct visitor *visitor) {
  if (time_count == time_capacity) times = realloc(times, (time_capacity = time_capacity * 2 + 4096) * sizeof *times);
  times[time_count++] = now() - visitor->begun;
  visit(visitor);
}

static void take(struct visitor *visitor, const char *data, size_t count) {
  while (count > 0) {
    size_t used;
    if (visitor->body_left < 0) {
      used = take_head(visitor, data, count);
    } else {
      used = count < (size_t)visitor->body_left ? count : (size_t)visitor->body_left;
      visitor->body_left -= (int64_t)used;
    }
    data += used;
    count -= used;
    if (visitor->body_left != 0) continue;
    requests++;
    if (!ask(visitor)) end_page(visitor);
  }
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

int main(int count, char **arguments) {
  if (count != 6) return fputs("usage: visitor ADDRESS LIST VISITORS SECONDS SEED\n", stderr), 2;
  hcreate(1 << 20);
  read_list(arguments[2]);
  int visitors = atoi(arguments[3]), one = 1, poll = epoll_create1(0);
  double length = atof(arguments[4]), begun = now();
  seed = strtoull(arguments[5], 0, 10) * 0x9E3779B97F4A7C15ULL + 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(80)};
  if (inet_pton(AF_INET, arguments[1], &address.sin_addr) != 1 || page_count == 0 || visitors < 1) return 2;
  struct visitor *all = calloc((size_t)visitors, sizeof *all);
  for (int index = 0; index < visitors; index++) {
    all[index].kept = calloc(path_count, 1);
    all[index].socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(all[index].socket, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    setsockopt(all[index].socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)index};
    epoll_ctl(poll, EPOLL_CTL_ADD, all[index].socket, &event);
    visit(&all[index]);
  }
  static char data[1 << 18];
  struct epoll_event events[64];
  while (now() - begun < length) {
    int ready = epoll_wait(poll, events, 64, 1000);
    for (int index = 0; index < ready; index++) {
      struct visitor *visitor = &all[events[index].data.u32];
      ssize_t got = recv(visitor->socket, data, sizeof data, MSG_DONTWAIT);
      if (got < 0 && errno == EAGAIN) continue;
      if (got <= 0) fail("the server closed a connection");
      take(visitor, data, (size_t)got);
    }
  }
  double seconds = now() - begun;
  if (time_count == 0) return fputs("no page was complete\n", stderr), 1;
  qsort(times, time_count, sizeof *times, compare);
  printf(
      "%zu %llu %llu %.3f %.3f %.3f\n", time_count, (unsigned long long)requests, (unsigned long long)bytes, seconds,
      times[time_count / 2] * 1e3, times[time_count * 99 / 100] * 1e3);
}
