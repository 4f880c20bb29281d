/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Documents of the largest size that is read, made to be slow or to take much memory: each has to
 * be answered, report and all, in half a second of processor time and 32 MiB. */

#include <migdesc/migdesc.h>
#include <stdio.h>
#include <string.h>

#include "heap.h"
#include "measure.h"

#define SIZE (4 << 20)
#define SECONDS_MAX 0.5
#define HEAP_MAX (32 << 20)

/* What is repeated between a start and an end; `%u` in it is a number, another each time. */
typedef struct
{
  const char *name;
  const char *start;
  const char *item;
  const char *end;
} Hostile;

#define MODEL(members) "{\"models\":{\"a.b/c\":{" members
#define PARAM "\"p\":{\"type\":\"int\",\"init_value\":1}"

static const Hostile documents[] = {
  { "nested arrays", "", "[", "" },
  { "nested objects", "", "{\"\":", "" },
  { "unknown numbers", MODEL ("\"params\":{},\"x\":[1"), ",1", "]}}}" },
  { "unknown empty objects", MODEL ("\"params\":{},\"x\":[1"), ",{}", "]}}}" },
  { "unknown members", MODEL ("\"params\":{},\"x0\":1"), ",\"x%u\":1", "}}}" },
  { "unknown members of elements", MODEL ("\"versions\":[\"v\""),
    ",{\"name\":\"v%u\",\"x\":[],\"y\":{}}", "]}}}" },
  { "one long string", MODEL ("\"params\":{},\"x\":\""), "\\u00e9", "\"}}}" },
  { "models", "{\"models\":{\"a.b/c\":{\"params\":{}}", ",\"a.b/%u\":{\"params\":{}}", "}}" },
  { "models that are wrong", "{\"models\":{\"a.b/c\":{\"params\":{}}", ",\"%u\":1", "}}" },
  { "params", MODEL ("\"params\":{" PARAM), ",\"%u\":{\"type\":\"bool\",\"init_value\":true}",
    "}}}}" },
  { "params that are wrong", MODEL ("\"params\":{" PARAM), ",\"/%u\":{}", "}}}}" },
  { "allowed values that overlap",
    MODEL ("\"params\":{\"n\":{\"type\":\"int\",\"init_value\":1,\"allowed_values\":[1"),
    ",\"%u-18446744073709551615\"", "]}}}}}" },
  { "allowed values that are wrong",
    MODEL ("\"params\":{\"n\":{\"type\":\"int\",\"init_value\":1,\"allowed_values\":[1"), ",-1",
    "]}}}}}" },
  { "strings",
    MODEL ("\"params\":{\"s\":{\"type\":\"str\",\"init_value\":\"0\",\"allowed_values\":[\"0\""),
    ",\"%u\"", "]}}}}}" },
  { "equal strings",
    MODEL ("\"params\":{\"s\":{\"type\":\"str\",\"init_value\":\"0\",\"allowed_values\":[\"0\""),
    ",\"0\"", "]}}}}}" },
  { "plain versions", MODEL ("\"versions\":[\"v\""), ",\"%u\"", "]}}}" },
  { "equal versions", MODEL ("\"versions\":[\"v\""), ",\"v\"", "]}}}" },
  { "versions", MODEL ("\"params\":{" PARAM "},\"versions\":[{\"name\":\"v\"}"),
    ",{\"name\":\"%u\",\"params\":{\"p\":%u}}", "]}}}" },
  { "versions with equal settings", MODEL ("\"params\":{" PARAM "},\"versions\":[{\"name\":\"v\"}"),
    ",{\"name\":\"%u\",\"params\":{\"p\":7}}", "]}}}" },
  { "versions before params", MODEL ("\"versions\":[{\"name\":\"v\"}"),
    ",{\"params\":{\"p\":7},\"name\":\"%u\"}", "],\"params\":{" PARAM "}}}}" },
  { "unknown settings", MODEL ("\"params\":{},\"versions\":[{\"name\":\"v\",\"params\":{\"p\":1"),
    ",\"%u\":1", "}}]}}}" },
  { "tests", MODEL ("\"versions\":[{\"name\":\"v\",\"tested\":[{\"from\":\"v\",\"to\":\"v\"}"),
    ",{\"from\":\"v\",\"to\":\"v\"}", "]}]}}}" },
  { "tests of unknown versions",
    MODEL ("\"versions\":[{\"name\":\"v\",\"tested\":[{\"from\":\"v\",\"to\":\"v\"}"),
    ",{\"from\":\"%u\",\"to\":\"v\"}", "]}]}}}" },
  { "constraints", MODEL ("\"params\":{" PARAM "},\"constraints\":[{\"forbid\":{\"p\":[2]}}"),
    ",{\"forbid\":{\"p\":[3]}}", "]}}}" },
  { "constraints that are violated",
    MODEL ("\"params\":{" PARAM "},\"constraints\":[{\"forbid\":{\"p\":[2]}}"),
    ",{\"forbid\":{\"p\":[1]}}", "]}}}" },
  { "empty constraints", MODEL ("\"params\":{},\"constraints\":[{}"), ",{}", "]}}}" },
  { "ignored codes", "{\"models\":{\"a.b/c\":{\"params\":{}}},\"ignore\":{\"x\":\"\"",
    ",\"%u\":\"\"", "}}" },
  { "state", MODEL ("\"params\":{},\"state\":{\"x\":[0"), ",[]", "]}}}}" },
  { "v1 params", "[{\"model\":\"a.b/c\",\"versions\":[],\"params\":[\"p\"", ",\"%u\"", "]}]" },
  { "v1 equal params", "[{\"model\":\"a.b/c\",\"versions\":[],\"params\":[\"p\"", ",\"p\"", "]}]" },
  { "v1 models", "[{\"model\":\"a.b/c\",\"versions\":[],\"params\":[\"p\"]}",
    ",{\"model\":\"a.b/%u\",\"versions\":[],\"params\":[]}", "]" },
  { "v1 settings",
    "[{\"model\":\"a.b/c\",\"params\":[\"p\"],\"versions\":[{\"name\":\"v\",\"params\":[\"p=1\"",
    ",\"p=%u\"", "]}]}]" },
  { "v1 versions",
    "[{\"model\":\"a.b/c\",\"params\":[\"p\"],\"versions\":[{\"name\":\"v\",\"params\":[\"p=1\"]}",
    ",{\"name\":\"%u\",\"params\":[\"p=%u\"]}", "]}]" },
  { "v4-text versions", "a.b/c:\nv\n", "%u\n", "" },
  { "v4-text equal versions", "a.b/c:\nv\n", "v\n", "" },
  { "v4-text models", "a.b/c:\nv\n", "a.b/%u:\nv\n", "" },
  { "v4-text blank lines", "a.b/c:\nv\n", "\n", "" },
  { "v4-text without a model", "", "%u\n", "" },
};

static GString *
make_text (const Hostile *hostile,
           gboolean within_values)
{
  GString *text = g_string_new (hostile->start);
  guint room = SIZE - (guint) strlen (hostile->end);

  for (guint i = 0; i < (within_values ? 30000 : G_MAXUINT); i++)
    {
      gsize length = text->len;
      char number[16];

      g_snprintf (number, sizeof number, "%u", i);
      g_string_append (text, hostile->item);
      for (const char *at; (at = strstr (text->str + length, "%u")) != NULL;)
        {
          gsize offset = (gsize) (at - text->str);

          g_string_erase (text, (gssize) offset, 2);
          g_string_insert (text, (gssize) offset, number);
        }
      if (text->len > room)
        {
          g_string_truncate (text, length);
          break;
        }
    }
  return g_string_append (text, hostile->end);
}

/* The most that any document took */
typedef struct
{
  double seconds;
  gsize heap;
} Most;

static void
measure (const Hostile *hostile,
         gboolean within_values,
         Most *most)
{
  g_autoptr (GString) text = make_text (hostile, within_values);
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  gsize before = heap_used;
  double start = processor_seconds ();
  double seconds;
  gsize heap;

  heap_peak = before;
  descriptor = migdesc_reader_read_string (reader, text->str, (gssize) text->len, NULL, &report,
                                           NULL);
  seconds = processor_seconds () - start;
  heap = heap_peak - before;
  printf ("  %-32s %8" G_GSIZE_FORMAT " bytes  %6.3f s  %5.1f MiB  %s, %" G_GUINT64_FORMAT
          " findings%s\n",
          hostile->name, text->len, seconds, (double) heap / (1 << 20),
          descriptor != NULL ? "accepted" : "refused",
          migdesc_report_get_n_findings (report) + migdesc_report_get_n_omitted (report),
          seconds > SECONDS_MAX || heap > HEAP_MAX ? "  TOO MUCH" : "");
  most->seconds = MAX (most->seconds, seconds);
  most->heap = MAX (most->heap, heap);
}

int
main (void)
{
  Most most = { 0 };

  /* as large as may be, and again with as many items as the limit of values lets pass */
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      measure (&documents[i], FALSE, &most);
      measure (&documents[i], TRUE, &most);
    }
  printf ("  the worst: %.3f s of at most %.1f, %.1f MiB of at most %d\n", most.seconds,
          SECONDS_MAX, (double) most.heap / (1 << 20), HEAP_MAX >> 20);
  return most.seconds <= SECONDS_MAX && most.heap <= HEAP_MAX ? 0 : 1;
}
