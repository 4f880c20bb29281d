/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-visitor.h>

/* What introspection has to know of the functions of MigdescVisitorClass, so that a format can be
 * written in Python or JavaScript. */

/**
 * MigdescVisitorClass::open_struct:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @error: return location for a #GError
 *
 * A struct begins.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::close_struct:
 * @visitor: the visitor
 * @error: return location for a #GError
 *
 * The struct ends.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::open_array:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @flags: with %MIGDESC_CONTAINER_COUNT_KNOWN both sides know the count
 * @count: (inout): how many elements: read on save, set on load
 * @error: return location for a #GError
 *
 * An array or list begins.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::close_array:
 * @visitor: the visitor
 * @error: return location for a #GError
 *
 * The array ends.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::open_pointer:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @present: (inout): whether it is there: read on save, set on load
 * @error: return location for a #GError
 *
 * A struct that may be absent begins. When it is not there, close_pointer() follows at once.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::close_pointer:
 * @visitor: the visitor
 * @error: return location for a #GError
 *
 * The struct that may be absent ends.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::open_section:
 * @visitor: the visitor
 * @name: its name
 * @flags: whether it may be absent, and skipped
 * @version: (inout): its version: read on save, set on load
 * @present: (inout): whether it is there: read on save, set on load
 * @error: return location for a #GError
 *
 * A section begins. When it is not there, close_section() does not follow.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::close_section:
 * @visitor: the visitor
 * @error: return location for a #GError
 *
 * The section ends.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_uint:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @width: bytes that it has: 1, 2, 4 or 8
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * An unsigned integer.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_int:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @width: bytes that it has: 1, 2, 4 or 8
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * A signed integer.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_double:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * A double.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_bool:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * A truth value; as pass_uint() of one byte if not implemented.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_enum:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @width: bytes that it has: 1, 2, 4 or 8
 * @words: (array length=n_words): the words
 * @n_words: how many
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * An integer whose values have words; as pass_uint() if not implemented.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_flags:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @width: bytes that it has: 1, 2, 4 or 8
 * @words: (array length=n_words): the words, the lowest bit first
 * @n_words: how many
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * An integer whose bits have words; as pass_uint() if not implemented.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::pass_string:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @value: (inout) (transfer full) (nullable): the text: read on save, set on load
 * @error: return location for a #GError
 *
 * A text.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::read_bytes:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @error: return location for a #GError
 *
 * A buffer, on load.
 *
 * Returns: (transfer full): the buffer, or %NULL on error
 *
 * Since: 1.0
 */

/**
 * MigdescVisitorClass::write_bytes:
 * @visitor: the visitor
 * @name: (nullable): its name, %NULL where it is an element
 * @bytes: the buffer
 * @error: return location for a #GError
 *
 * A buffer, on save.
 *
 * Returns: %FALSE, and an error, when it failed
 *
 * Since: 1.0
 */
