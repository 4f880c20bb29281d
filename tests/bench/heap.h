/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Counts the heap of a benchmark: the functions here come before the C library's own. For one
 * source file of a program with one thread. */

#include <malloc.h>
#include <stddef.h>

static size_t heap_used;
static size_t heap_peak;

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *block, size_t size);
extern void __libc_free (void *block);


static void *
heap_add (void *block)
{
  heap_used += block != NULL ? malloc_usable_size (block) : 0;
  heap_peak = heap_used > heap_peak ? heap_used : heap_peak;
  return block;
}

static void
heap_remove (void *block)
{
  heap_used -= block != NULL ? malloc_usable_size (block) : 0;
}

void *
malloc (size_t size)
{
  return heap_add (__libc_malloc (size));
}

void *
calloc (size_t n,
        size_t size)
{
  return heap_add (__libc_calloc (n, size));
}

void *
realloc (void *block,
         size_t size)
{
  heap_remove (block);
  return heap_add (__libc_realloc (block, size));
}

void
free (void *block)
{
  heap_remove (block);
  __libc_free (block);
}
