/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A device of somebody else's, and the mistakes that its author may make: one for each macro. */

#include <migdesc-testkit.h>

#ifdef RENAMED
#define level brightness
#endif
#ifdef BOUND
#define BRIGHTEST 999
#else
#define BRIGHTEST 1000
#endif
#ifdef ONLY_NEW
#define OLDEST 3
#define NEWEST 3
#else
#define OLDEST 1
#define NEWEST 2
#endif

typedef struct
{
  guint16 level;
  guint8 colour;
  guint8 glow;
  char *label;
} LampState;

static gboolean
check (gconstpointer state, GError **error)
{
#ifdef STRICT
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CHECK, "no lamp will do");
  return FALSE;
#else
  return TRUE;
#endif
}

static const char *const colours[] = { "white", "red", "green" };
static const MigdescField lamp_fields[] = {
  MIGDESC_U16 (LampState, level, 0, BRIGHTEST),
  MIGDESC_ENUM (LampState, colour, colours, MIGDESC_SINCE (2), MIGDESC_DEFAULT (0)),
#ifdef ADDED
  MIGDESC_U8 (LampState, glow, 0, 7),
#endif
  MIGDESC_STRING (LampState, label, 40),
};
MIGDESC_STRUCT (lamp, LampState, NEWEST, OLDEST, lamp_fields, check);

static void
capture (gpointer device, gpointer state)
{
  LampState *copy = state;

  *copy = *(LampState *) device;
  copy->label = g_strdup (copy->label);
}

static gboolean
prepare (gpointer device, gpointer state, GError **error)
{
#ifdef EARLY
  ((LampState *) device)->level = ((LampState *) state)->level;
#endif
  return TRUE;
}

static void
commit (gpointer device, gpointer state)
{
  LampState *self = device;
  LampState *fresh = state;

#ifdef COUNTS
  self->level = (guint16) ((fresh->level + 1) % 1000);
#else
  self->level = fresh->level;
#endif
#ifndef FORGETS
  self->colour = fresh->colour;
#endif
  self->glow = fresh->glow;
  g_free (self->label);
  self->label = g_steal_pointer (&fresh->label);
}

#ifdef VISIT
static gboolean
visit (MigdescVisitor *visitor, gpointer state, gpointer data, GError **error)
{
  LampState *self = state;
  gboolean done = migdesc_visitor_visit_uint16 (visitor, "level", &self->level, 0, 1000, error)
                  && migdesc_visitor_visit_uint8 (visitor, "colour", &self->colour, 0, 2, error)
                  && migdesc_visitor_visit_string (visitor, "label", &self->label, 40, error);

#ifdef COUNTS
  if (migdesc_visitor_is_loading (visitor))
    self->level = (guint16) ((self->level + 1) % 1000);
#endif
#ifdef UNBOUND
  if (migdesc_visitor_is_loading (visitor))
    self->colour = 7;
#endif
  return done;
}

static void
fill (gpointer device, gpointer state, GRand *random)
{
  LampState *self = state;

  self->level = (guint16) g_rand_int_range (random, 0, 1001);
  self->colour = (guint8) g_rand_int_range (random, 0, 3);
  self->label = g_strdup_printf ("lamp %d", g_rand_int_range (random, 0, 1000));
}

static void
clear (gpointer state)
{
  g_free (((LampState *) state)->label);
}
#endif

static const MigdescDeviceFuncs funcs
    = { .capture = capture, .prepare = prepare, .commit = commit };

static gpointer
new_device (MigdescBackend *backend, MigdescStateType *type, MigdescParamList *params)
{
  return g_new0 (LampState, 1);
}

static void
free_device (gpointer device)
{
  g_free (((LampState *) device)->label);
  g_free (device);
}

static const MigdescTestkit lamp_testkit = {
  .name = "lamp",
#ifdef VISIT
  .visit = visit,
  .state_size = sizeof (LampState),
  .fill = fill,
  .clear = clear,
};
static const MigdescTestkit table_testkit G_GNUC_UNUSED = {
  .name = "lamp",
#endif
  .table = &lamp,
  .funcs = &funcs,
  .new_device = new_device,
  .free_device = free_device,
};

MIGDESC_TESTKIT (lamp_testkit)
MIGDESC_TESTKIT_FUZZ (lamp_testkit)
