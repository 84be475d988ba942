/*
 * Counts what is allocated: malloc and its like, taken from the C library for the whole program.
 */
#pragma once

#include <stdint.h>

/* How often memory was asked for since the program began, by all threads. */
uint64_t callocations_count(void);
