/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "host/model-rows.h"
#include "model/config-private.h"
#include "value/value.h"

static void
put_number (const MigdescModelParam *row,
            guint8 *member,
            guint64 number)
{
  switch (row->width)
    {
    case 1:
      *member = (guint8) number;
      break;
    case 2:
      memcpy (member, &(guint16){ (guint16) number }, 2);
      break;
    case 4:
      memcpy (member, &(guint32){ (guint32) number }, 4);
      break;
    default:
      memcpy (member, &number, sizeof number);
      break;
    }
}

static guint64
find_word (const MigdescModelParam *row,
           const char *text)
{
  guint64 position = 0;

  while (position + 1 < row->n_words && strcmp (row->words[position], text) != 0)
    position++;
  return position;
}

static void
put_value (const MigdescModelParam *row,
           MigdescValue value,
           guint8 *member)
{
  if (row->kind == MIGDESC_MODEL_PARAM_STR_)
    memcpy (member, &value.string, sizeof value.string);
  else if (row->kind == MIGDESC_MODEL_PARAM_ENUM_)
    put_number (row, member, find_word (row, value.string));
  else
    put_number (row, member, value.number);
}

/* Texts of the table are known to be values. */
static MigdescValue
get_absent (const MigdescModelParam *row)
{
  const char *text = row->off != NULL ? row->off : row->init;
  MigdescValue value = { 0 };

  migdesc_value_parse (migdesc_model_param_type (row), text, strlen (text), &value);
  return value;
}

/* Of the rows of a param, the one that counts; all where a limit leaves them out. */
static gboolean
counts (const MigdescModelTable *table,
        guint limit,
        const MigdescModelParam *row)
{
  const MigdescModelParam *found
      = migdesc_model_table_find_param (table, limit, row->name, strlen (row->name));

  return found == NULL || found == row;
}

void
migdesc_model_table_read (const MigdescModelTable *table,
                          guint limit,
                          const MigdescConfig *config,
                          gpointer data)
{
  for (guint i = 0; i < table->n_params; i++)
    {
      const MigdescModelParam *row = &table->params[i];
      guint32 position
          = migdesc_model_core_find_param (config->model, row->name, strlen (row->name));
      gboolean absent = position == MIGDESC_NOT_FOUND;

      if (counts (table, limit, row))
        put_value (row, absent ? get_absent (row) : config->values[position],
                   (guint8 *) data + row->offset);
    }
}
