/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops-documents.h"

#define MAX_HOSTS 8

typedef struct
{
  MigdescDescriptor *descriptors[MAX_HOSTS];
  gsize n;
} Hosts;

/* Hosts with a model a.b/c of these members each; the last is NULL */
static inline void
hosts_init (Hosts *hosts,
            const char *const *bodies)
{
  for (hosts->n = 0; bodies[hosts->n] != NULL; hosts->n++)
    {
      g_autofree char *document = g_strdup_printf ("{'models': {'a.b/c': {%s}}}", bodies[hosts->n]);

      hosts->descriptors[hosts->n] = ops_read (document);
    }
}

static inline void
hosts_clear (Hosts *hosts)
{
  for (gsize i = 0; i < hosts->n; i++)
    g_object_unref (hosts->descriptors[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hosts, hosts_clear)

static inline MigdescBaseline *
make_baseline (const char *const *bodies)
{
  g_auto (Hosts) hosts = { { NULL }, 0 };
  g_autoptr (GError) error = NULL;
  MigdescBaseline *baseline;

  hosts_init (&hosts, bodies);
  baseline = migdesc_baseline_new (hosts.descriptors, hosts.n, NULL, NULL, &error);
  g_assert_no_error (error);
  return baseline;
}

/* The baseline of up to three hosts as text */
static inline char *
find (const char *first,
      const char *second,
      const char *third)
{
  const char *const bodies[] = { first, second, third, NULL };
  g_autoptr (MigdescBaseline) baseline = make_baseline (bodies);

  return migdesc_baseline_to_string (baseline);
}

/* The first line of that */
static inline char *
find_list (const char *first,
           const char *second)
{
  char *text = find (first, second, NULL);

  *strchr (text, '\n') = '\0';
  return text;
}
