/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/facts.h"

#include <string.h>

#include "fleet/feed/texts.h"
#include "model/param-list-private.h"

typedef struct
{
  guint64 min, max; /* of the one interval of an int */
  const MigdescParamCore *param;           /* or */
  const MigdescConstraintCore *constraint; /* whose params are the facts from params on */
  const guint32 *params;                   /* of a constraint: a fact each condition */
  guint32 name;                            /* of a param: the number of its name */
  guint8 is_interval;
} Fact;

/* A model of a descriptor */
typedef struct
{
  guint32 name;  /* the number of its name */
  guint32 start; /* of its facts, in references */
  guint32 n;
  guint8 unsure;
} Entry;

struct _MigdescFacts
{
  GArray *facts;      /* Fact */
  GArray *references; /* guint32: facts */
  GArray *entries;    /* Entry */
  GArray *starts;     /* guint32: of each descriptor's entries, and the end */
  MigdescTexts names;  /* of params; their value is their number */
  MigdescTexts models; /* likewise, of models */
  MigdescTexts keys;  /* of facts; likewise */
  MigdescArena *arena;
};

MigdescFacts *
migdesc_facts_new (void)
{
  MigdescFacts *facts = g_new0 (MigdescFacts, 1);
  guint32 zero = 0;

  facts->facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  /* with room for one, so that there is somewhere to point to behind the last */
  facts->references = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 1);
  facts->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  facts->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (facts->starts, zero);
  migdesc_texts_init (&facts->names, FALSE);
  migdesc_texts_init (&facts->models, FALSE);
  migdesc_texts_init (&facts->keys, FALSE);
  facts->arena = migdesc_arena_new (256);
  return facts;
}

void
migdesc_facts_free (MigdescFacts *facts)
{
  g_array_unref (facts->facts);
  g_array_unref (facts->references);
  g_array_unref (facts->entries);
  g_array_unref (facts->starts);
  migdesc_texts_clear (&facts->names);
  migdesc_texts_clear (&facts->models);
  migdesc_texts_clear (&facts->keys);
  migdesc_arena_free (facts->arena);
  g_free (facts);
}

gsize
migdesc_facts_size (const MigdescFacts *facts)
{
  guint64 size = facts->facts->len * sizeof (Fact) + facts->references->len * sizeof (guint32)
                 + facts->entries->len * sizeof (Entry) + facts->starts->len * sizeof (guint32);

  size += facts->names.size + facts->models.size + facts->keys.size;
  return (gsize) (size + migdesc_arena_size (facts->arena));
}

/* --- Keeping ---------------------------------------------------------- */

static void
add_bytes (GByteArray *key, gconstpointer bytes, gsize size)
{
  g_byte_array_append (key, bytes, (guint) size);
}

static void
add_string (GByteArray *key, const char *text)
{
  add_bytes (key, text, strlen (text) + 1);
}

static void
add_set (GByteArray *key, const MigdescSet *set)
{
  add_bytes (key, &set->any, 1);
  add_bytes (key, &set->bools, 1);
  add_bytes (key, &set->n, sizeof set->n);
  for (guint32 i = 0; i < set->n && set->type == MIGDESC_VALUE_TYPE_STRING; i++)
    add_string (key, set->members.strings[i]);
  if (set->n > 0 && set->type == MIGDESC_VALUE_TYPE_INT)
    add_bytes (key, set->members.intervals, set->n * sizeof (MigdescInterval));
}

static guint32
number_of (MigdescTexts *texts, const char *text, gsize length, gboolean *is_new)
{
  guint64 hash = migdesc_texts_hash (text, length);
  const MigdescText *known = migdesc_texts_find (texts, text, length, hash);

  *is_new = known == NULL;
  return known != NULL ? known->value : migdesc_texts_add (texts, text, length, hash, texts->n);
}

/* Takes over the key. */
static guint32
intern (MigdescFacts *facts, GByteArray *key, const Fact *fact)
{
  gboolean is_new;
  guint32 number = number_of (&facts->keys, (const char *) key->data, key->len, &is_new);

  if (is_new)
    g_array_append_val (facts->facts, *fact);
  g_byte_array_unref (key);
  return number;
}

static guint32
intern_param (MigdescFacts *facts, const MigdescParamCore *param)
{
  GByteArray *key = g_byte_array_new ();
  const MigdescSet *set = &param->allowed;
  guint8 head[] = { 'p', param->type, param->has_off };
  gboolean is_new;
  Fact fact = { .param = param };

  fact.name = number_of (&facts->names, param->key.text, param->key.length, &is_new);
  if (param->type == MIGDESC_VALUE_TYPE_INT && !set->any && set->n == 1)
    {
      fact.is_interval = TRUE;
      fact.min = set->members.intervals[0].min;
      fact.max = set->members.intervals[0].max;
    }
  add_bytes (key, head, sizeof head);
  add_bytes (key, &fact.name, sizeof fact.name);
  add_set (key, set);
  if (param->has_off && param->type == MIGDESC_VALUE_TYPE_STRING)
    add_string (key, param->off.string);
  else if (param->has_off)
    add_bytes (key, &param->off.number, sizeof param->off.number);
  return intern (facts, key, &fact);
}

static void
add_conditions (GByteArray *key, GArray *params, const guint32 *param_facts,
                const MigdescCondition *conditions, guint32 n)
{
  add_bytes (key, &n, sizeof n);
  for (guint32 i = 0; i < n; i++)
    {
      g_array_append_val (params, param_facts[conditions[i].param]);
      add_bytes (key, &param_facts[conditions[i].param], sizeof (guint32));
      add_set (key, &conditions[i].set);
    }
}

static guint32
intern_constraint (MigdescFacts *facts, const MigdescConstraintCore *constraint,
                   const guint32 *param_facts)
{
  g_autoptr (GArray) params = g_array_new (FALSE, FALSE, sizeof (guint32));
  GByteArray *key = g_byte_array_new ();
  guint8 head[] = { 'c', constraint->forbid };
  guint32 before = facts->facts->len;
  Fact fact = { .constraint = constraint };
  guint32 number;

  add_bytes (key, head, sizeof head);
  add_conditions (key, params, param_facts, constraint->when, constraint->n_when);
  add_conditions (key, params, param_facts, constraint->then, constraint->n_then);
  number = intern (facts, key, &fact);
  if (facts->facts->len > before)
    {
      guint32 *kept = migdesc_arena_alloc (facts->arena, (params->len + 1) * sizeof *kept);

      memcpy (kept, params->data, params->len * sizeof *kept);
      g_array_index (facts->facts, Fact, number).params = kept;
    }
  return number;
}

/* Whether more has to be asked than params and constraints */
static gboolean
is_unsure (const MigdescModelCore *model)
{
  return model->version_only || model->any_unloadable || model->any_unmigratable
         || model->support == MIGDESC_SUPPORT_NONE;
}

static void
add_model (MigdescFacts *facts, const MigdescModelCore *model)
{
  g_autofree guint32 *numbers = g_new (guint32, (gsize) model->n_params + 1);
  Entry entry = { 0, facts->references->len, 0, is_unsure (model) ? TRUE : FALSE };
  gboolean is_new;

  entry.name = number_of (&facts->models, model->key.text, model->key.length, &is_new);
  for (guint32 i = 0; i < model->n_params && !entry.unsure; i++)
    {
      numbers[i] = intern_param (facts, &model->params[i]);
      g_array_append_val (facts->references, numbers[i]);
    }
  for (guint32 i = 0; i < model->n_constraints && !entry.unsure; i++)
    {
      guint32 number = intern_constraint (facts, &model->constraints[i], numbers);

      g_array_append_val (facts->references, number);
    }
  entry.n = facts->references->len - entry.start;
  g_array_append_val (facts->entries, entry);
}

void
migdesc_facts_add (MigdescFacts *facts, const MigdescStore *store)
{
  for (guint32 i = 0; i < store->n_models; i++)
    add_model (facts, &store->models[i]);
  g_array_append_val (facts->starts, facts->entries->len);
}

/* --- Asking ----------------------------------------------------------- */

enum
{
  ANSWER_NONE, /* not looked at yet */
  ANSWER_PASSES,
  ANSWER_LISTED, /* passes, and is one of the list's */
  ANSWER_REFUSES,
  ANSWER_UNSURE
};

typedef struct
{
  MigdescValue values[3]; /* by type */
  guint8 has[3];
} Typed;

struct _MigdescFactsQuestion
{
  const MigdescFacts *facts;
  const MigdescParamList *list;
  Typed *typed;      /* of each pair */
  guint32 *pairs;    /* of each name: its pair and 1 */
  guint8 *answers;   /* of each fact */
  guint32 n_unknown; /* pairs whose name no descriptor has */
  guint32 model;     /* the number of the list's model, or one that no model has */
};

static void
type_pair (MigdescFactsQuestion *question, guint32 number)
{
  const MigdescPair *pair = &question->list->pairs[number];
  Typed *typed = &question->typed[number];
  const MigdescText *name
      = migdesc_texts_find (&question->facts->names, pair->name, pair->name_length,
                            migdesc_texts_hash (pair->name, pair->name_length));

  if (name == NULL)
    {
      question->n_unknown++;
      return;
    }
  question->pairs[name->value] = number + 1;
  for (guint type = 0; type < G_N_ELEMENTS (typed->values); type++)
    typed->has[type] = migdesc_value_parse ((MigdescValueType) type, pair->value,
                                            pair->value_length, &typed->values[type])
                       == MIGDESC_VALUE_OK;
}

MigdescFactsQuestion *
migdesc_facts_question_new (const MigdescFacts *facts, const MigdescParamList *list)
{
  MigdescFactsQuestion *question = g_new0 (MigdescFactsQuestion, 1);
  const MigdescText *model = NULL;

  question->facts = facts;
  question->list = list;
  question->typed = g_new0 (Typed, (gsize) list->n_pairs + 1);
  question->pairs = g_new0 (guint32, (gsize) facts->names.n + 1);
  question->answers = g_malloc0 ((gsize) facts->facts->len + 1);
  for (guint32 i = 0; i < list->n_pairs; i++)
    type_pair (question, i);
  if (list->model != NULL)
    model = migdesc_texts_find (&facts->models, list->model, list->model_length,
                                migdesc_texts_hash (list->model, list->model_length));
  question->model = model != NULL ? model->value : facts->models.n;
  return question;
}

void
migdesc_facts_question_free (MigdescFactsQuestion *question)
{
  g_free (question->typed);
  g_free (question->pairs);
  g_free (question->answers);
  g_free (question);
}

static guint8
ask_param (const MigdescFactsQuestion *question, const Fact *fact)
{
  guint32 pair = question->pairs[fact->name];
  const MigdescParamCore *param;
  MigdescValue value;

  if (pair != 0 && fact->is_interval && question->typed[pair - 1].has[MIGDESC_VALUE_TYPE_INT])
    {
      value = question->typed[pair - 1].values[MIGDESC_VALUE_TYPE_INT];
      if (value.number >= fact->min && value.number <= fact->max)
        return ANSWER_LISTED;
    }
  param = fact->param;
  if (pair == 0)
    return param->has_off ? ANSWER_PASSES : ANSWER_REFUSES;
  if (!question->typed[pair - 1].has[param->type])
    return ANSWER_REFUSES;
  /* Whether it is a value that somebody vouches for, only the model can tell. */
  if (param->allowed.any && param->type != MIGDESC_VALUE_TYPE_BOOL)
    return ANSWER_UNSURE;
  value = question->typed[pair - 1].values[param->type];
  return migdesc_param_core_accepts (param, value) ? ANSWER_LISTED : ANSWER_REFUSES;
}

static gboolean
condition_holds (const MigdescFactsQuestion *question, const MigdescCondition *condition,
                 guint32 number)
{
  const Fact *fact = &g_array_index (question->facts->facts, Fact, number);
  guint32 pair = question->pairs[fact->name];

  return migdesc_set_contains (&condition->set,
                               pair != 0 ? question->typed[pair - 1].values[fact->param->type]
                                         : fact->param->off);
}

/* Only of a list that passes all params, so that each has a value. */
static guint8
ask_constraint (const MigdescFactsQuestion *question, const Fact *fact)
{
  const MigdescConstraintCore *constraint = fact->constraint;

  for (guint32 i = 0; i < constraint->n_when; i++)
    if (!condition_holds (question, &constraint->when[i], fact->params[i]))
      return ANSWER_PASSES;
  for (guint32 i = 0; i < constraint->n_then; i++)
    if (!condition_holds (question, &constraint->then[i],
                          fact->params[constraint->n_when + i]))
      return ANSWER_REFUSES;
  return constraint->forbid ? ANSWER_REFUSES : ANSWER_PASSES;
}

static guint8
ask_fact (MigdescFactsQuestion *question, guint32 number)
{
  guint8 *answer = &question->answers[number];

  if (G_UNLIKELY (*answer == ANSWER_NONE))
    {
      const Fact *fact = &g_array_index (question->facts->facts, Fact, number);

      *answer = fact->constraint != NULL ? ask_constraint (question, fact)
                                         : ask_param (question, fact);
    }
  return *answer;
}

/* Params come first, and constraints are asked only behind params that all pass. */
static guint8
ask_entry (MigdescFactsQuestion *question, const Entry *entry)
{
  const guint32 *references
      = &g_array_index (question->facts->references, guint32, entry->start);
  guint32 n_listed = 0;

  if (entry->unsure)
    return MIGDESC_FACTS_UNSURE;
  if (question->n_unknown > 0)
    return MIGDESC_VERDICT_INCOMPATIBLE;
  for (guint32 i = 0; i < entry->n; i++)
    {
      guint8 answer = ask_fact (question, references[i]);

      if (answer == ANSWER_REFUSES)
        return MIGDESC_VERDICT_INCOMPATIBLE;
      if (answer == ANSWER_UNSURE)
        return MIGDESC_FACTS_UNSURE;
      n_listed += answer == ANSWER_LISTED;
    }
  return n_listed == question->list->n_pairs ? MIGDESC_VERDICT_COMPATIBLE
                                             : MIGDESC_VERDICT_INCOMPATIBLE;
}

guint8
migdesc_facts_ask (MigdescFactsQuestion *question, guint32 descriptor)
{
  guint32 start = g_array_index (question->facts->starts, guint32, descriptor);
  guint32 end = g_array_index (question->facts->starts, guint32, descriptor + 1);

  if (question->list->model == NULL)
    return end - start == 1
             ? ask_entry (question, &g_array_index (question->facts->entries, Entry, start))
             : MIGDESC_FACTS_UNSURE;
  for (guint32 i = start; i < end; i++)
    {
      const Entry *entry = &g_array_index (question->facts->entries, Entry, i);

      if (entry->name == question->model)
        return ask_entry (question, entry);
    }
  return MIGDESC_VERDICT_INCOMPATIBLE;
}
