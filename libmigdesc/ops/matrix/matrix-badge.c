/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A test matrix in a few words, for the head of a README */

#include "base/json-writer.h"
#include "ops/map/drawing.h"
#include "ops/matrix/matrix-private.h"

#define HEIGHT 20
#define SIZE 11
#define PADDING 8
#define LABEL "migrations tested"

typedef struct
{
  const char *colour; /* in which white letters can be read */
  const char *name;   /* that the service of badges knows */
} Tone;

/* The words say it too: a colour is no more than a hint. */
static const Tone *
tone_of (const MigdescMatrix *matrix)
{
  static const Tone good = { "#166534", "green" };
  static const Tone some = { "#92400e", "orange" };
  static const Tone bad = { "#991b1b", "red" };
  static const Tone none = { "#4b5563", "lightgrey" };

  if (matrix->n_promised == 0)
    return &none;
  if (matrix->n_missing == 0)
    return &good;
  return matrix->n_missing < matrix->n_promised ? &some : &bad;
}

static char *
message_of (const MigdescMatrix *matrix)
{
  if (matrix->n_promised == 0)
    return g_strdup ("none promised");
  return g_strdup_printf ("%u of %u", matrix->n_promised - matrix->n_missing, matrix->n_promised);
}

/**
 * migdesc_matrix_to_badge_svg:
 * @matrix: a matrix
 *
 * Draws how many of the promised pairs are tested, as a small picture for a README.
 *
 * Returns: (transfer full): the text of an SVG document
 *
 * Since: 1.0
 */
char *
migdesc_matrix_to_badge_svg (const MigdescMatrix *matrix)
{
  g_autofree char *message = NULL;
  guint left, right;
  GString *svg;

  g_return_val_if_fail (matrix != NULL, NULL);

  message = message_of (matrix);
  left = migdesc_drawing_width (LABEL, SIZE) + 2 * PADDING;
  right = migdesc_drawing_width (message, SIZE) + 2 * PADDING;
  svg = g_string_new (NULL);
  g_string_append_printf (
      svg,
      "<svg xmlns='http://www.w3.org/2000/svg' width='%u' height='%u' role='img' "
      "font-family='DejaVu Sans, Verdana, Arial, sans-serif' font-size='%u' fill='#ffffff' "
      "text-anchor='middle'>\n<title>" LABEL ": %s</title>\n",
      left + right, HEIGHT, SIZE, message);
  g_string_append_printf (svg,
                          "<rect width='%u' height='%u' rx='3' fill='%s'/>"
                          "<path d='M3 0H%uV%uH3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3Z' "
                          "fill='#374151'/>\n",
                          left + right, HEIGHT, tone_of (matrix)->colour, left, HEIGHT);
  g_string_append_printf (svg,
                          "<text x='%u' y='14'>" LABEL "</text><text x='%u' y='14'>%s</text>\n"
                          "</svg>\n",
                          left / 2, left + right / 2, message);
  return g_string_free (svg, FALSE);
}

/**
 * migdesc_matrix_to_badge_json:
 * @matrix: a matrix
 *
 * Writes how many of the promised pairs are tested as what services of badges take from an
 * endpoint: `{"schemaVersion":1,"label","message","color"}`.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_matrix_to_badge_json (const MigdescMatrix *matrix)
{
  g_autofree char *message = NULL;
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (matrix != NULL, NULL);

  message = message_of (matrix);
  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_uint (&writer, "schemaVersion", 1);
  migdesc_json_writer_member_string (&writer, "label", LABEL);
  migdesc_json_writer_member_string (&writer, "message", message);
  migdesc_json_writer_member_string (&writer, "color", tone_of (matrix)->name);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
