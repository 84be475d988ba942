#define _GNU_SOURCE
#include "CAllocations.h"

#include <errno.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

/* Of each thread its own: what one worker allocates at its start is not counted to another. */
static _Thread_local uint64_t count;

static void note(void) { count++; }

uint64_t callocations_count(void) { return count; }

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note();
  return __libc_calloc(number, size);
}

void *realloc(void *place, size_t size) {
  note();
  return __libc_realloc(place, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
  note();
  *place = __libc_memalign(alignment, size);
  return *place ? 0 : ENOMEM;
}
