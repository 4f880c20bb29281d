/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic.h"
#include "nic-error.h"

#include <string.h>

#define RECEIVE (1 << 0) /* in control */
#define RECEIVED (1 << 0) /* in interrupt_cause */
#define LINK_CHANGED (1 << 1)
#define LINK_UP 1
#define NO_INTERRUPT (-1)

static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, NIC_ERROR, NIC_ERROR_REFUSED, message);
  return FALSE;
}

Nic *
nic_new (const NicConfig *config, MigdescStateType *type, MigdescParamList *params)
{
  Nic *nic = g_new0 (Nic, 1);

  nic->config = *config;
  nic->type = g_object_ref (type);
  nic->params = migdesc_param_list_ref (params);
  nic_reset (nic);
  return nic;
}

void
nic_free (Nic *nic)
{
  nic_resources_free (&nic->resources);
  migdesc_state_type_clear_struct (nic->type, &nic->state);
  g_object_unref (nic->type);
  migdesc_param_list_unref (nic->params);
  g_free (nic);
}

/* As it comes out of the box. */
void
nic_reset (Nic *nic)
{
  static const guint8 mac[] = { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 };
  NicState *state = &nic->state;

  nic_resources_free (&nic->resources);
  migdesc_state_type_clear_struct (nic->type, state);
  migdesc_state_type_init_struct (nic->type, state);
  state->control = RECEIVE;
  state->interrupt_mask = RECEIVED | LINK_CHANGED;
  state->interrupt_due = NO_INTERRUPT;
  state->link = LINK_UP;
  state->mtu = 1500;
  memcpy (state->eeprom, mac, sizeof mac);
  state->n_queues = (guint8) nic->config.num_queues;
  for (guint i = 0; i < state->n_queues; i++)
    state->queues[i] = (NicQueue){ .ring = 0x10000 * (i + 1), .size = 256 };
  nic->running_since = 0;
}

/* The card's clock moves only while the card runs: an interrupt that was due in a millisecond when
 * the card was paused is due in a millisecond when it goes on, on whatever host. */
void
nic_settle (Nic *nic)
{
  gint64 now = g_get_monotonic_time ();
  NicState *state = &nic->state;

  if (nic->running_since == 0)
    return;
  state->clock += (guint64) (now - nic->running_since) * 1000;
  nic->running_since = now;
  if (state->interrupt_due == NO_INTERRUPT || state->clock < (guint64) state->interrupt_due)
    return;
  state->interrupts++;
  state->interrupt_cause = 0;
  state->interrupt_due = NO_INTERRUPT;
}

void
nic_run (Nic *nic)
{
  nic->running_since = g_get_monotonic_time ();
}

void
nic_pause (Nic *nic)
{
  nic_settle (nic);
  nic->running_since = 0;
}

static void
raise_interrupt (NicState *state, guint32 cause)
{
  state->interrupt_cause |= cause;
  if ((cause & state->interrupt_mask) != 0 && state->interrupt_due == NO_INTERRUPT)
    state->interrupt_due = (gint64) (state->clock + state->moderation * G_GUINT64_CONSTANT (1000));
}

static NicQueue *
find_queue (Nic *nic, guint64 queue, GError **error)
{
  if (queue < nic->state.n_queues)
    return &nic->state.queues[queue];
  refuse (error, "there is no queue %" G_GUINT64_FORMAT ", the card has %u", queue,
          nic->state.n_queues);
  return NULL;
}

gboolean
nic_receive (Nic *nic, guint64 queue, guint64 frames, guint64 bytes, GError **error)
{
  NicQueue *target = find_queue (nic, queue, error);

  if (target == NULL)
    return FALSE;
  if ((nic->state.control & RECEIVE) == 0 || nic->state.link != LINK_UP)
    return refuse (error, "the receiver is off, or the link is down");
  /* Counters wrap, as those of hardware do. */
  target->frames += frames;
  target->bytes += bytes;
  target->head = (NicIndex) ((target->head + frames % target->size) % target->size);
  raise_interrupt (&nic->state, RECEIVED);
  return TRUE;
}

/* What a guest writes has the same bounds as what comes in a stream, and is checked by the same
 * table. */
static gboolean
check_or_restore (Nic *nic, const NicState *before, GError **error)
{
  if (migdesc_state_type_check_struct (nic->type, NIC_VERSION, nic->params, &nic->state, error))
    return TRUE;
  nic->state = *before;
  return FALSE;
}

typedef struct
{
  const char *name;
  gsize offset;
  guint bits;
} NicRegister;

#define REGISTER(name, member, bits) { name, G_STRUCT_OFFSET (NicState, member), bits }

static const NicRegister registers[] = {
  REGISTER ("control", control, 32),
  REGISTER ("interrupt-mask", interrupt_mask, 32),
  REGISTER ("moderation", moderation, 16),
  REGISTER ("link", link, 8),
#if NIC_VERSION >= 2
  REGISTER ("mtu", mtu, 16),
#endif
};

static const NicRegister *
find_register (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (registers); i++)
    if (strcmp (registers[i].name, name) == 0)
      return &registers[i];
  refuse (error, "there is no such register");
  return NULL;
}

static void
put (NicState *state, const NicRegister *target, guint64 value)
{
  gpointer place = (guint8 *) state + target->offset;

  if (target->bits == 8)
    *(guint8 *) place = (guint8) value;
  else if (target->bits == 16)
    *(guint16 *) place = (guint16) value;
  else
    *(guint32 *) place = (guint32) value;
}

/* Without jumbo there is but the standard MTU, so that a card which version 1 knows loses nothing
 * there. */
gboolean
nic_mtu_fits (const NicConfig *config, const NicState *state)
{
  return NIC_VERSION < 2 || config->jumbo || state->mtu == 1500;
}

gboolean
nic_write_register (Nic *nic, const char *name, guint64 value, GError **error)
{
  const NicRegister *target = find_register (name, error);
  const NicState before = nic->state;

  if (target == NULL)
    return FALSE;
  if (value >> target->bits != 0)
    return refuse (error, "the register has %u bits", target->bits);
  put (&nic->state, target, value);
  if (!check_or_restore (nic, &before, error))
    return FALSE;
  if (!nic_mtu_fits (&nic->config, &nic->state))
    {
      nic->state = before;
      return refuse (error, "mtu is not 1500, and jumbo is off");
    }
  if (nic->state.link != before.link)
    raise_interrupt (&nic->state, LINK_CHANGED);
  return TRUE;
}

gboolean
nic_write_queue (Nic *nic, guint64 queue, guint64 size, GError **error)
{
  NicQueue *target = find_queue (nic, queue, error);
  const NicState before = nic->state;
  NicResources fresh = { 0 };

  if (target == NULL)
    return FALSE;
  target->size = (NicIndex) size;
  target->head = 0;
  if (target->size != size)
    {
      nic->state = before;
      return refuse (error, "the register has %u bits", (guint) sizeof (NicIndex) * 8);
    }
  if (!check_or_restore (nic, &before, error))
    return FALSE;
  if (!nic_resources_get (&fresh, &nic->state, error))
    {
      nic->state = before;
      return FALSE;
    }
  nic_resources_free (&nic->resources);
  nic->resources = fresh;
  return TRUE;
}
