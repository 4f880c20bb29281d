/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <string.h>

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-visitor
 * @title: Visitors
 * @short_description: One walk over a state, for any format and both directions
 *
 * A visitor is what a state passes through on its way to a format or back. Code that visits the
 * fields of a struct one by one serves saving and loading alike:
 *
 * |[<!-- language="C" -->
 * static gboolean
 * nic_visit (MigdescVisitor *visitor, NicState *nic, GError **error)
 * {
 *   return migdesc_visitor_visit_uint16 (visitor, "mtu", &nic->mtu, 68, 9216, error)
 *          && migdesc_visitor_visit_buffer (visitor,
                                             "eeprom",
                                             nic->eeprom,
                                             sizeof nic->eeprom,
                                             error);
 * }
 * ]|
 *
 * Bounds are checked before a value is written and after it is read; an error says the path of the
 * field, and where in the data it is. After an error the visitor fails at every call.
 *
 * In C, migdesc_visit_u8() to migdesc_visit_u64() and migdesc_visit_i8() to migdesc_visit_i64() are
 * the same inline, for states of many scalars.
 *
 * A field table (see %MIGDESC_STRUCT) needs no such function, has a schema, and is faster.
 *
 * A subclass makes a format. It implements the scalars it wants to see and the containers; what it
 * leaves out comes down to pass_uint(), pass_int(), pass_double(), pass_string(), read_bytes()
 * and write_bytes(). It is never called with a value that is out of bounds.
 */

/**
 * MigdescVisitorMode:
 * @MIGDESC_VISITOR_SAVE: values go from the state to the format
 * @MIGDESC_VISITOR_LOAD: values go from the format to the state
 *
 * The direction of a visitor.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_VISITOR_SAVE,
  MIGDESC_VISITOR_LOAD
} MigdescVisitorMode;

#define MIGDESC_TYPE_VISITOR_MODE (migdesc_visitor_mode_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_visitor_mode_get_type (void) G_GNUC_CONST;

/**
 * MigdescContainerFlags:
 * @MIGDESC_CONTAINER_NONE: nothing more
 * @MIGDESC_CONTAINER_COUNT_KNOWN: both sides know the count, so that it need not be written; on
 *     load it is what the state must have
 * @MIGDESC_CONTAINER_DROPPABLE: a reader that does not know the section may skip it
 * @MIGDESC_CONTAINER_OPTIONAL: the section may be absent
 *
 * More about a container that begins.
 *
 * Since: 1.0
 */
typedef enum /*< flags >*/
{
  MIGDESC_CONTAINER_NONE = 0,
  MIGDESC_CONTAINER_COUNT_KNOWN = 1 << 0,
  MIGDESC_CONTAINER_DROPPABLE = 1 << 1,
  MIGDESC_CONTAINER_OPTIONAL = 1 << 2
} MigdescContainerFlags;

#define MIGDESC_TYPE_CONTAINER_FLAGS (migdesc_container_flags_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_container_flags_get_type (void) G_GNUC_CONST;

/**
 * MigdescRun:
 *
 * Fields of a struct that have a fixed size together: what a field table comes down to.
 *
 * Since: 1.0
 */
typedef struct _MigdescRun MigdescRun;

#define MIGDESC_TYPE_VISITOR (migdesc_visitor_get_type ())
/**
 * MigdescVisitor:
 *
 * A format, in one direction; the base of all of them.
 *
 * Since: 1.0
 */
typedef struct _MigdescVisitor MigdescVisitor;
typedef struct _MigdescVisitorClass MigdescVisitorClass;

#define MIGDESC_VISITOR(object) \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), MIGDESC_TYPE_VISITOR, MigdescVisitor))
#define MIGDESC_VISITOR_CLASS(klass) \
  (G_TYPE_CHECK_CLASS_CAST ((klass), MIGDESC_TYPE_VISITOR, MigdescVisitorClass))
#define MIGDESC_IS_VISITOR(object) (G_TYPE_CHECK_INSTANCE_TYPE ((object), MIGDESC_TYPE_VISITOR))
#define MIGDESC_IS_VISITOR_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), MIGDESC_TYPE_VISITOR))
#define MIGDESC_VISITOR_GET_CLASS(object) \
  (G_TYPE_INSTANCE_GET_CLASS ((object), MIGDESC_TYPE_VISITOR, MigdescVisitorClass))

struct _MigdescVisitor
{
  GObject parent_instance;

  /*< private >*/
  /* The bytes that may be taken, or filled, without asking: for formats that store scalars as they
   * are, little-endian. Elsewhere both are NULL. */
  guint8 *cursor;
  guint8 *limit;
  MigdescVisitorMode mode;
  struct _MigdescVisitorPrivate *priv;
};

/**
 * MigdescVisitorClass:
 * @open_struct: a struct begins; its name is %NULL where it is an element
 * @close_struct: the struct ends
 * @open_array: an array or list begins; on load sets the count
 * @close_array: the array ends
 * @open_pointer: a struct that may be absent begins; on load sets whether it is there. When it is
 *     not, close_pointer() follows at once
 * @close_pointer: the struct that may be absent ends
 * @open_section: a section begins; on load sets its version and whether it is there. When it is
 *     not, close_section() does not follow
 * @close_section: the section ends
 * @pass_uint: an unsigned integer of so many bytes
 * @pass_int: a signed integer of so many bytes
 * @pass_double: a double
 * @pass_bool: a truth value; as pass_uint() of one byte if not implemented
 * @pass_enum: an integer whose values have words; as pass_uint() if not implemented
 * @pass_flags: an integer whose bits have words; as pass_uint() if not implemented
 * @pass_string: (skip): a text; on load the result is the caller's to free
 * @read_bytes: on load, a buffer
 * @write_bytes: on save, a buffer
 * @open_buffer: (skip): a buffer begins; on load sets the length
 * @pass_buffer: (skip): the next bytes of the buffer
 * @close_buffer: (skip): the buffer ends. A format that implements none of these three is given
 *     read_bytes() and write_bytes()
 * @pass_scalars: (skip): elements of an array of scalars; one by one if not implemented
 * @pass_run: (skip): a run of fields over a struct; field by field if not implemented
 * @pass_rows: (skip): a run over each element of an array of structs, count excluded; one by one if
 *     not implemented
 * @get_offset: how many bytes have been read or written, for errors; %G_MAXUINT64 where a place is
 *     something else
 * @describe_place: (skip): appends where the visitor is to the text of an error, such as
 *     "byte 17"; from get_offset() if not implemented
 *
 * What a format implements. Each function but @get_offset returns %FALSE, and an error, when it
 * fails. On save it must not change what it was given.
 *
 * Since: 1.0
 */
struct _MigdescVisitorClass
{
  /*< private >*/
  GObjectClass parent_class;

  /*< public >*/
  gboolean (*open_struct) (MigdescVisitor *visitor, const char *name, GError **error);
  gboolean (*close_struct) (MigdescVisitor *visitor, GError **error);
  gboolean (*open_array) (MigdescVisitor *visitor,
                           const char *name,
                           MigdescContainerFlags flags,
                           guint64 *count,
                           GError **error);
  gboolean (*close_array) (MigdescVisitor *visitor, GError **error);
  gboolean (*open_pointer) (MigdescVisitor *visitor,
                             const char *name,
                             gboolean *present,
                             GError **error);
  gboolean (*close_pointer) (MigdescVisitor *visitor, GError **error);
  gboolean (*open_section) (MigdescVisitor *visitor,
                             const char *name,
                             MigdescContainerFlags flags,
                             guint *version,
                             gboolean *present,
                             GError **error);
  gboolean (*close_section) (MigdescVisitor *visitor, GError **error);

  gboolean (*pass_uint) (MigdescVisitor *visitor,
                          const char *name,
                          guint width,
                          guint64 *value,
                          GError **error);
  gboolean (*pass_int) (MigdescVisitor *visitor,
                         const char *name,
                         guint width,
                         gint64 *value,
                         GError **error);
  gboolean (*pass_double) (MigdescVisitor *visitor,
                            const char *name,
                            double *value,
                            GError **error);
  gboolean (*pass_bool) (MigdescVisitor *visitor,
                          const char *name,
                          gboolean *value,
                          GError **error);
  gboolean (*pass_enum) (MigdescVisitor *visitor,
                          const char *name,
                          guint width,
                          const char *const *words,
                          guint n_words,
                          guint64 *value,
                          GError **error);
  gboolean (*pass_flags) (MigdescVisitor *visitor,
                           const char *name,
                           guint width,
                           const char *const *words,
                           guint n_words,
                           guint64 *value,
                           GError **error);
  gboolean (*pass_string) (MigdescVisitor *visitor,
                            const char *name,
                            char **value,
                            GError **error);
  GBytes *(*read_bytes) (MigdescVisitor *visitor, const char *name, GError **error);
  gboolean (*write_bytes) (MigdescVisitor *visitor,
                           const char *name,
                           GBytes *bytes,
                           GError **error);

  gboolean (*open_buffer) (MigdescVisitor *visitor,
                            const char *name,
                            MigdescContainerFlags flags,
                            guint64 *length,
                            GError **error);
  gboolean (*pass_buffer) (MigdescVisitor *visitor,
                            guint8 *data,
                            gsize length,
                            GError **error);
  gboolean (*close_buffer) (MigdescVisitor *visitor, GError **error);
  gboolean (*pass_scalars) (MigdescVisitor *visitor,
                             const MigdescField *field,
                             gpointer data,
                             gsize n,
                             GError **error);
  gboolean (*pass_run) (MigdescVisitor *visitor,
                         const MigdescRun *run,
                         gpointer base,
                         GError **error);
  gboolean (*pass_rows) (MigdescVisitor *visitor,
                          const MigdescRun *run,
                          gpointer base,
                          gsize n,
                          gsize stride,
                          GError **error);

  guint64 (*get_offset) (MigdescVisitor *visitor);
  void (*describe_place) (MigdescVisitor *visitor, GString *text);

  /*< private >*/
  gpointer padding[16];
};

MIGDESC_AVAILABLE_IN_1_0
GType migdesc_visitor_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_is_loading (MigdescVisitor *visitor);

MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_visitor_get_offset (MigdescVisitor *visitor);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_visitor_dup_path (MigdescVisitor *visitor);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_begin_struct (MigdescVisitor *visitor, const char *name, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_end_struct (MigdescVisitor *visitor, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_begin_array (MigdescVisitor *visitor,
                                      const char *name,
                                      guint64 *count,
                                      guint64 maximum,
                                      GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_end_array (MigdescVisitor *visitor, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_begin_pointer (MigdescVisitor *visitor,
                                        const char *name,
                                        gboolean *present,
                                        GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_end_pointer (MigdescVisitor *visitor, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_begin_section (MigdescVisitor *visitor,
                                        const char *name,
                                        MigdescContainerFlags flags,
                                        guint *version,
                                        guint minimum,
                                        gboolean *present,
                                        GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_end_section (MigdescVisitor *visitor, GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_bool (MigdescVisitor *visitor,
                                     const char *name,
                                     gboolean *value,
                                     GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_uint8 (MigdescVisitor *visitor,
                                      const char *name,
                                      guint8 *value,
                                      guint8 min,
                                      guint8 max,
                                      GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_uint16 (MigdescVisitor *visitor,
                                       const char *name,
                                       guint16 *value,
                                       guint16 min,
                                       guint16 max,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_uint32 (MigdescVisitor *visitor,
                                       const char *name,
                                       guint32 *value,
                                       guint32 min,
                                       guint32 max,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_uint64 (MigdescVisitor *visitor,
                                       const char *name,
                                       guint64 *value,
                                       guint64 min,
                                       guint64 max,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_int8 (MigdescVisitor *visitor,
                                     const char *name,
                                     gint8 *value,
                                     gint8 min,
                                     gint8 max,
                                     GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_int16 (MigdescVisitor *visitor,
                                      const char *name,
                                      gint16 *value,
                                      gint16 min,
                                      gint16 max,
                                      GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_int32 (MigdescVisitor *visitor,
                                      const char *name,
                                      gint32 *value,
                                      gint32 min,
                                      gint32 max,
                                      GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_int64 (MigdescVisitor *visitor,
                                      const char *name,
                                      gint64 *value,
                                      gint64 min,
                                      gint64 max,
                                      GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_double (MigdescVisitor *visitor,
                                       const char *name,
                                       double *value,
                                       double min,
                                       double max,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_enum (MigdescVisitor *visitor,
                                     const char *name,
                                     guint *value,
                                     const char *const *words,
                                     GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_string (MigdescVisitor *visitor,
                                       const char *name,
                                       char **value,
                                       guint64 maximum,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_bytes (MigdescVisitor *visitor,
                                      const char *name,
                                      GBytes **value,
                                      guint64 maximum,
                                      GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_visitor_visit_buffer (MigdescVisitor *visitor,
                                       const char *name,
                                       guint8 *data,
                                       gsize length,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescVisitor, g_object_unref)

G_END_DECLS
