/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/read.h"

#include "codec/decoder.h"
#include "codec/read-v4-text.h"
#include "base/json-scan.h"

/* From a text to a store: finds out the dialect, lets its reader feed a draft, and turns what was
 * found into a report. */

typedef struct
{
  const MigdescReadOptions *options;
  const char *text;
  gsize length;
  const char *origin;
  gboolean wants_warnings;
  MigdescDraft *draft;
  MigdescDiagnostics *diagnostics;
  gboolean is_json;
} MigdescReading;

static void
start (MigdescReading *reading)
{
  guint64 max_findings = migdesc_limits_get (reading->options->limits, MIGDESC_LIMIT_FINDINGS);

  reading->diagnostics = migdesc_diagnostics_new ((guint) max_findings);
  reading->draft = migdesc_draft_new (reading->length, reading->options->limits,
                                      reading->diagnostics);
}

static void
stop (MigdescReading *reading)
{
  g_clear_pointer (&reading->draft, migdesc_draft_free);
  g_clear_pointer (&reading->diagnostics, migdesc_diagnostics_free);
}

/* A leading bracket, after white space, makes it JSON. */
static gboolean
looks_like_json (const char *text,
                 gsize length)
{
  const char *start = migdesc_json_skip_space (text, text + length);

  return start != text + length && (*start == '{' || *start == '[');
}

/* The members that each dialect understands; v4-text and v1 have readers of their own. */
static guint8
members_of (MigdescDialect dialect)
{
  switch (dialect)
    {
    case MIGDESC_DIALECT_V3:
      return MIGDESC_IN_V3;
    case MIGDESC_DIALECT_V3_MINMAX:
      return MIGDESC_IN_MINMAX;
    case MIGDESC_DIALECT_V4:
      return MIGDESC_IN_V4;
    case MIGDESC_DIALECT_AUTO:
    case MIGDESC_DIALECT_NATIVE:
    case MIGDESC_DIALECT_V1:
    case MIGDESC_DIALECT_V4_TEXT:
    case MIGDESC_DIALECT_SYSFS:
    case MIGDESC_DIALECT_SYSFS_2019:
    case MIGDESC_DIALECT_MDEVCTL:
    default:
      return MIGDESC_IN_NATIVE;
    }
}

/* What a document is that was read with every member understood */
static MigdescDialect
dialect_that_fits (const MigdescDecoder *decoder)
{
  if (decoder->dialect != MIGDESC_DIALECT_AUTO)
    return decoder->dialect;
  if ((decoder->fits & MIGDESC_IN_V3) != 0)
    return MIGDESC_DIALECT_V3;
  if ((decoder->fits & MIGDESC_IN_V4) != 0)
    return MIGDESC_DIALECT_V4;
  return MIGDESC_DIALECT_NATIVE;
}

static void
reject_root (MigdescDecoder *decoder,
             const char *wanted)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&decoder->json);
  MigdescPlace place = migdesc_decoder_place (decoder);

  if (!migdesc_json_reader_skip_value (&decoder->json))
    return;
  migdesc_decoder_error (
      decoder, MIGDESC_ERROR_DOCUMENT_DIALECT, place, "a document of the %s dialect is %s, not %s",
      migdesc_dialect_to_string (decoder->dialect), wanted, migdesc_json_kind_name (kind));
}

static void
read_root (MigdescDecoder *decoder)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&decoder->json);

  if (kind == MIGDESC_JSON_ARRAY && decoder->dialect == MIGDESC_DIALECT_AUTO)
    decoder->dialect = MIGDESC_DIALECT_V1;

  if (decoder->dialect == MIGDESC_DIALECT_V1)
    {
      if (kind == MIGDESC_JSON_ARRAY)
        migdesc_decoder_read_v1 (decoder);
      else
        reject_root (decoder, "an array");
    }
  else if (kind == MIGDESC_JSON_OBJECT)
    migdesc_decoder_read_document (decoder);
  else
    reject_root (decoder, "an object");
}

/* FALSE: AUTO met bounds, and has to start again. */
static gboolean
read_json (MigdescReading *reading,
           MigdescDialect *dialect)
{
  MigdescDecoder decoder;
  gboolean has_bounds;

  migdesc_decoder_init (&decoder, reading->text, reading->length, reading->draft,
                        reading->diagnostics, reading->options->limits, reading->options->flags);
  decoder.dialect = *dialect;
  decoder.may_use = members_of (*dialect);
  decoder.dialect_by_bounds
      = *dialect == MIGDESC_DIALECT_V3_MINMAX && reading->options->dialect == MIGDESC_DIALECT_AUTO;
  decoder.wants_warnings = reading->wants_warnings;

  read_root (&decoder);
  has_bounds = decoder.has_bounds;
  if (!has_bounds && !migdesc_json_reader_finish (&decoder.json))
    migdesc_diagnostics_add (reading->diagnostics, decoder.json.error, MIGDESC_SEVERITY_BLOCKER,
                             decoder.json.error_offset, NULL, "%s", decoder.json.message);
  *dialect = dialect_that_fits (&decoder);
  migdesc_decoder_clear (&decoder);
  return !has_bounds;
}

static gboolean
is_text_dialect (MigdescDialect dialect)
{
  return dialect != MIGDESC_DIALECT_SYSFS && dialect != MIGDESC_DIALECT_SYSFS_2019
         && dialect != MIGDESC_DIALECT_MDEVCTL;
}

/* Feeds the draft; the dialect that it found. */
static MigdescDialect
feed (MigdescReading *reading)
{
  MigdescDialect dialect = reading->options->dialect;

  start (reading);
  if (!is_text_dialect (dialect))
    {
      migdesc_diagnostics_add (reading->diagnostics, MIGDESC_ERROR_DOCUMENT_DIALECT,
                               MIGDESC_SEVERITY_BLOCKER, MIGDESC_NO_PLACE, NULL,
                               "the %s dialect is not one of a descriptor in one text",
                               migdesc_dialect_to_string (dialect));
      return dialect;
    }
  if (dialect == MIGDESC_DIALECT_AUTO && !looks_like_json (reading->text, reading->length))
    dialect = MIGDESC_DIALECT_V4_TEXT;
  reading->is_json = dialect != MIGDESC_DIALECT_V4_TEXT;
  if (!reading->is_json)
    {
      migdesc_read_v4_text (reading->draft, reading->diagnostics, reading->text, reading->length,
                            reading->options->limits);
      return dialect;
    }
  if (!read_json (reading, &dialect))
    {
      stop (reading);
      start (reading);
      dialect = MIGDESC_DIALECT_V3_MINMAX;
      read_json (reading, &dialect);
    }
  return dialect;
}

MigdescStore *
migdesc_read_text (const MigdescReadOptions *options,
                   const char *text,
                   gsize length,
                   const char *origin,
                   MigdescReport **report,
                   GError **error)
{
  MigdescReading reading = { .options = options, .text = text, .length = length, .origin = origin };
  MigdescDialect dialect;
  MigdescStore *store;

  reading.wants_warnings = report != NULL;
  dialect = feed (&reading);
  store = migdesc_draft_finish (reading.draft, dialect, origin);

  if (store == NULL || migdesc_diagnostics_get_n (reading.diagnostics) > 0)
    {
      if (reading.is_json)
        migdesc_diagnostics_resolve_json (reading.diagnostics, text, length, origin);
      else
        migdesc_diagnostics_resolve_lines (reading.diagnostics, text, length, origin);
    }
  if (store == NULL)
    migdesc_diagnostics_to_error (reading.diagnostics, error);
  if (report != NULL)
    *report = migdesc_diagnostics_to_report (reading.diagnostics);
  stop (&reading);
  return store;
}
