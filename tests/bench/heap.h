/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Counts the heap of a test or benchmark: the functions here come before the C library's own. For
 * one source file of a program with one thread. The address sanitizer, whose functions have to come
 * first, is asked to call instead. */

#include <malloc.h>
#include <stddef.h>

static size_t heap_used;
static size_t heap_peak;
static size_t heap_n; /* blocks that were ever got, or got another size */

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)

/* How often a block is there while it grows: here it is always moved. */
#define HEAP_GROWING 2

extern int __sanitizer_install_malloc_and_free_hooks (void (*got) (const volatile void *, size_t),
                                                      void (*freed) (const volatile void *));
extern size_t __sanitizer_get_allocated_size (const volatile void *block);

static void
heap_got (const volatile void *block,
          size_t size)
{
  (void) block;
  heap_n++;
  heap_used += size;
  heap_peak = heap_used > heap_peak ? heap_used : heap_peak;
}

static void
heap_freed (const volatile void *block)
{
  heap_used -= block != NULL ? __sanitizer_get_allocated_size (block) : 0;
}

__attribute__ ((constructor)) static void
heap_watch (void)
{
  __sanitizer_install_malloc_and_free_hooks (heap_got, heap_freed);
}

#else

#define HEAP_GROWING 1

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *block, size_t size);
extern void __libc_free (void *block);

static void *
heap_add (void *block)
{
  heap_n++;
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

#endif
