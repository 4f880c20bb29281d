/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/wire.h"

#define UNUSED_NAME "unused"

typedef struct
{
  const MigdescQemuWireSetup *setup;
  MigdescQemuSide side;
  GArray *tokens; /* MigdescQemuToken */
  GArray *gated;  /* MigdescQemuGated */
  guint guard;
} Build;

static guint64
multiply (guint64 size,
          gint32 count)
{
  return size == 0 ? MIGDESC_QEMU_ANY_BYTES : count < 0 ? size : size * (guint64) count;
}

const char *
migdesc_qemu_plain_name (const char *name,
                         MigdescArena *arena)
{
  gsize length = strlen (name);
  gsize end = length;

  if (length < 3 || name[length - 1] != ']')
    return name;
  end--;
  while (end > 0 && (g_ascii_isdigit (name[end - 1]) || name[end - 1] == '.'))
    end--;
  if (end < 2 || end == length - 1 || name[end - 1] != '[')
    return name;
  return migdesc_arena_dup (arena, name, end - 1);
}

static void
take_name (Build *build,
           const MigdescQemuDescriptionCore *description,
           MigdescQemuToken *token)
{
  const MigdescQemuKnownCore *known = build->setup->known;

  token->name = build->setup->is_for_stream
                    ? migdesc_qemu_plain_name (token->shown, build->setup->arena)
                    : token->shown;
  for (guint i = 0; known != NULL && i < known->n_fields; i++)
    {
      const MigdescQemuRename *rename = &known->fields[i];

      if ((rename->description == NULL || strcmp (rename->description, description->name) == 0)
          && (strcmp (rename->names[0], token->shown) == 0
              || strcmp (rename->names[1], token->shown) == 0))
        {
          token->name = rename->names[0];
          token->reason = rename->reason;
          return;
        }
    }
}

static MigdescQemuToken
make_token (Build *build,
            const MigdescQemuScope *scope,
            const MigdescQemuFieldCore *field)
{
  MigdescQemuToken token = { 0 };

  token.shown = field->name;
  token.is_unused = strcmp (field->name, UNUSED_NAME) == 0;
  token.is_countless = !build->setup->has_counts[build->side];
  token.count = token.is_countless ? -1 : field->count;
  token.size = field->size;
  token.is_actual = field->is_actual;
  token.is_open = field->is_open;
  token.scope = scope;
  token.guard = build->guard;
  take_name (build, scope->description, &token);
  return token;
}

static void add_description (Build *build,
                             const MigdescQemuScope *scope,
                             gint32 version);

static void
add_leaf (Build *build,
          const MigdescQemuScope *scope,
          const MigdescQemuFieldCore *field)
{
  MigdescQemuToken token = make_token (build, scope, field);

  if (token.count == 0)
    return;
  token.kind = MIGDESC_QEMU_TOKEN_LEAF;
  token.maybe = field->has_test;
  token.bytes = multiply (token.size, token.count);
  g_array_append_val (build->tokens, token);
}

static void
measure_array (MigdescQemuToken *array)
{
  guint64 sum = 0;
  gboolean is_fixed = TRUE;

  for (guint i = 0; i < array->element->n_tokens; i++)
    {
      const MigdescQemuToken *token = &array->element->tokens[i];

      if (!migdesc_qemu_token_is_maybe (token) && token->kind != MIGDESC_QEMU_TOKEN_SUBSECTIONS
          && token->bytes != MIGDESC_QEMU_ANY_BYTES)
        sum += token->bytes;
      else
        is_fixed = FALSE;
      array->is_never_empty |= token->is_never_empty && !migdesc_qemu_token_is_maybe (token);
    }
  array->is_never_empty |= sum > 0;
  array->bytes = is_fixed ? sum * (guint64) array->count : MIGDESC_QEMU_ANY_BYTES;
}

static void
add_array (Build *build,
           const MigdescQemuScope *scope,
           const MigdescQemuFieldCore *field)
{
  MigdescQemuToken token = make_token (build, scope, field);

  token.kind = MIGDESC_QEMU_TOKEN_ARRAY;
  token.maybe = field->has_test;
  token.element = migdesc_qemu_wire_new (build->setup, build->side, field->description,
                                         field->description->version);
  measure_array (&token);
  if (token.element->n_tokens > 0)
    g_array_append_val (build->tokens, token);
}

/* A struct whose fields are all gone is nothing: then there is nothing to guard. */
static void
add_struct (Build *build,
            const MigdescQemuScope *scope,
            const MigdescQemuFieldCore *field)
{
  MigdescQemuScope *inner = migdesc_arena_alloc (build->setup->arena, sizeof *inner);
  guint outer_guard = build->guard;
  guint position = build->tokens->len;
  gboolean may_be_absent = field->has_test
                           || (build->setup->is_for_stream && !field->is_actual);
  MigdescQemuToken guard;

  *inner = (MigdescQemuScope) { scope, field->name, field->description };
  if (may_be_absent)
    {
      guard = make_token (build, scope, field);
      guard.kind = MIGDESC_QEMU_TOKEN_GUARD;
      guard.description = field->description;
      g_array_append_val (build->tokens, guard);
      build->guard = position + 1;
    }
  add_description (build, inner, field->description->version);
  build->guard = outer_guard;
  if (!may_be_absent)
    return;
  if (build->tokens->len == position + 1)
    g_array_set_size (build->tokens, position);
  else
    g_array_index (build->tokens, MigdescQemuToken, position).end = build->tokens->len;
}

/* Arrays of structs are such on both sides or on none. */
static gboolean
counts_structs (const Build *build)
{
  return build->setup->has_counts[MIGDESC_QEMU_SENT] && build->setup->has_counts[MIGDESC_QEMU_READ]
         && !build->setup->is_for_stream;
}

static void
add_field (Build *build,
           const MigdescQemuScope *scope,
           const MigdescQemuFieldCore *field)
{
  gint32 count = counts_structs (build) ? field->count : -1;

  if (field->description == NULL)
    add_leaf (build, scope, field);
  else if (count > 1)
    add_array (build, scope, field);
  else if (count != 0)
    add_struct (build, scope, field);
}

/* With all that is in it: by these names the other side may know it. */
static void
add_gated (Build *build,
           const MigdescQemuFieldCore *field,
           gint32 version)
{
  MigdescQemuGated gated = { field->name, version };

  g_array_append_val (build->gated, gated);
  if (field->description == NULL || (counts_structs (build) && field->count > 1))
    return;
  for (guint i = 0; i < field->description->n_fields; i++)
    add_gated (build, &field->description->fields[i], version);
}

static void
add_description (Build *build,
                 const MigdescQemuScope *scope,
                 gint32 version)
{
  const MigdescQemuDescriptionCore *description = scope->description;

  for (guint i = 0; i < description->n_fields; i++)
    {
      const MigdescQemuFieldCore *field = &description->fields[i];

      if (field->has_test || field->version <= version)
        add_field (build, scope, field);
      else
        add_gated (build, field, field->version);
    }
  if (description->n_subsections > 0)
    {
      MigdescQemuToken token = { .kind = MIGDESC_QEMU_TOKEN_SUBSECTIONS, .count = -1 };

      token.name = token.shown = description->name;
      token.scope = scope;
      token.guard = build->guard;
      token.description = description;
      g_array_append_val (build->tokens, token);
    }
}

static gpointer
keep (MigdescArena *arena,
      const GArray *list)
{
  gsize size = list->len * g_array_get_element_size ((GArray *) list);
  gpointer kept = migdesc_arena_alloc (arena, MAX (size, 1));

  if (size > 0)
    memcpy (kept, list->data, size);
  return kept;
}

const MigdescQemuWire *
migdesc_qemu_wire_new (const MigdescQemuWireSetup *setup,
                       MigdescQemuSide side,
                       const MigdescQemuDescriptionCore *description,
                       gint32 version)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (MigdescQemuToken));
  g_autoptr (GArray) gated = g_array_new (FALSE, FALSE, sizeof (MigdescQemuGated));
  Build build = { setup, side, tokens, gated, 0 };
  MigdescQemuScope *scope = migdesc_arena_alloc (setup->arena, sizeof *scope);
  MigdescQemuWire *wire = migdesc_arena_alloc (setup->arena, sizeof *wire);

  *scope = (MigdescQemuScope) { NULL, NULL, description };
  add_description (&build, scope, version);
  wire->description = description;
  wire->tokens = keep (setup->arena, tokens);
  wire->n_tokens = tokens->len;
  wire->gated = keep (setup->arena, gated);
  wire->n_gated = gated->len;
  return wire;
}

static GHashTable *
collect_names (const MigdescQemuWire *wire)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < wire->n_tokens; i++)
    if (wire->tokens[i].kind == MIGDESC_QEMU_TOKEN_LEAF
        || wire->tokens[i].kind == MIGDESC_QEMU_TOKEN_ARRAY)
      g_hash_table_add (names, (gpointer) wire->tokens[i].name);
  for (guint i = 0; i < wire->n_gated; i++)
    g_hash_table_add (names, (gpointer) wire->gated[i].name);
  return names;
}

static void
mark_shared (const MigdescQemuWire *wire,
             GHashTable *names)
{
  for (guint i = 0; i < wire->n_tokens; i++)
    {
      MigdescQemuToken *token = (MigdescQemuToken *) &wire->tokens[i];

      token->is_shared = g_hash_table_contains (names, token->name);
    }
}

void
migdesc_qemu_wire_relate (const MigdescQemuWire *source,
                          const MigdescQemuWire *destination)
{
  g_autoptr (GHashTable) sent = collect_names (source);
  g_autoptr (GHashTable) read = collect_names (destination);

  mark_shared (source, read);
  mark_shared (destination, sent);
}

gint32
migdesc_qemu_wire_find_gate (const MigdescQemuWire *wire,
                             const char *name)
{
  for (guint i = 0; i < wire->n_gated; i++)
    if (strcmp (wire->gated[i].name, name) == 0)
      return wire->gated[i].version;
  return 0;
}
