/*
 * Counts what is allocated: malloc and its like, taken from the C library for the whole program.
 */
#pragma once

#include <stdint.h>

/* How often the calling thread has asked for memory. */
uint64_t callocations_count(void);
