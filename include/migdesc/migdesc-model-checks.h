/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the macros of model tables are made of, for C11 and C++17: nothing here is for use. */

#pragma once

/*< private_header >*/

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-model-rows.h>

/* The value's kind and where it goes; MigdescModelParam.kind */
#define MIGDESC_MODEL_PARAM_INT_ 1
#define MIGDESC_MODEL_PARAM_BOOL_ 2
#define MIGDESC_MODEL_PARAM_ENUM_ 3
#define MIGDESC_MODEL_PARAM_STR_ 4

#if !defined(__cplusplus) || __cplusplus >= 201703L

#define MIGDESC_MODEL_PARAM_(type_, member_, name_, kind_, fits_, text_, ...)                      \
  {                                                                                                \
    .name = (name_), .owner = #type_, .member = #member_, .kind = (kind_),                         \
    .offset = (guint32) offsetof (type_, member_),                                                 \
    .width = (guint32) (sizeof (((type_ *) 0)->member_)                                            \
                        + MIGDESC_CHECK_ (fits_ (MIGDESC_TYPE_OF_ (type_, member_)), text_)),      \
    __VA_ARGS__                                                                                    \
  }

/* The greatest value of an unsigned integer */
#define MIGDESC_MOST_(type, member) \
  (G_MAXUINT64 >> (64 - 8 * sizeof (((type *) 0)->member)))

#define MIGDESC_IS_ANY_UINT_(one)                                      \
  (MIGDESC_IS_UINT_ (one, 1) || MIGDESC_IS_UINT_ (one, 2)              \
   || MIGDESC_IS_UINT_ (one, 4) || MIGDESC_IS_UINT_ (one, 8))
#define MIGDESC_IS_TEXT_(one) MIGDESC_SAME_ (one, const char *)

/* The last designator stands for what may follow where nothing does: a macro's "..." must not be
 * empty before C23 and C++20. */
#define MIGDESC_PARAM_INT_(type_, member_, name_, allowed_, init_, ...)                            \
  MIGDESC_MODEL_PARAM_ (type_, member_, name_, MIGDESC_MODEL_PARAM_INT_, MIGDESC_IS_ANY_UINT_,     \
                        "the member is no unsigned integer", .allowed = (allowed_), .min = 0,      \
                        .max = MIGDESC_MOST_ (type_, member_), .init = (init_), __VA_ARGS__)
#define MIGDESC_PARAM_RANGE_(type_, member_, name_, min_, max_, init_, ...)                        \
  MIGDESC_MODEL_PARAM_ (                                                                           \
      type_, member_, name_, MIGDESC_MODEL_PARAM_INT_, MIGDESC_IS_ANY_UINT_,                       \
      "the member is no unsigned integer",                                                         \
      .min = (guint64) (min_)                                                                      \
          + MIGDESC_CHECK_ ((guint64) (max_) - (guint64) (min_) <= (guint64) (max_),               \
                            "min is above max"),                                                   \
      .max = (guint64) (max_)                                                                      \
          + MIGDESC_CHECK_ ((guint64) (max_) <= MIGDESC_MOST_ (type_, member_),                    \
                            "max does not fit the width"),                                         \
      .init = (init_), __VA_ARGS__)
#define MIGDESC_PARAM_BOOL_(type_, member_, name_, init_, ...)                                     \
  MIGDESC_MODEL_PARAM_ (type_, member_, name_, MIGDESC_MODEL_PARAM_BOOL_, MIGDESC_IS_BOOL_,        \
                        "the member is neither gboolean nor bool", .init = (init_), __VA_ARGS__)
#define MIGDESC_PARAM_ENUM_(type_, member_, name_, words_, init_, ...)                             \
  MIGDESC_MODEL_PARAM_ (type_, member_, name_, MIGDESC_MODEL_PARAM_ENUM_, MIGDESC_IS_WORD_,        \
                        "the member is no unsigned integer or enum",                               \
                        .n_words = G_N_ELEMENTS (words_), .words = (words_), .init = (init_),      \
                        __VA_ARGS__)
#define MIGDESC_PARAM_STR_(type_, member_, name_, init_, ...)                                      \
  MIGDESC_MODEL_PARAM_ (type_, member_, name_, MIGDESC_MODEL_PARAM_STR_, MIGDESC_IS_TEXT_,         \
                        "the member is no const char pointer", .init = (init_), __VA_ARGS__)

#define MIGDESC_MODEL_VERSION_(name_, state_version_, values_, ...) \
  {                                                                 \
    .name = (name_), .values = (values_), .state_version = (state_version_), __VA_ARGS__ \
  }

#define MIGDESC_MODEL_TABLE_(table, name_, type, params_, versions_, ...)                          \
  static const MigdescModelTable table = {                                                         \
    .table_size = sizeof (MigdescModelTable),                                                      \
    .param_size = sizeof (MigdescModelParam),                                                      \
    .version_size = sizeof (MigdescModelVersion),                                                  \
    .constraint_size = sizeof (MigdescModelConstraint),                                            \
    .name = (name_),                                                                               \
    .owner = #type,                                                                                \
    .size = sizeof (type),                                                                         \
    .n_params = G_N_ELEMENTS (params_),                                                            \
    .params = (params_),                                                                           \
    .versions = (versions_),                                                                       \
    .n_versions = G_N_ELEMENTS (versions_),                                                        \
    __VA_ARGS__                                                                                    \
  }

#endif
