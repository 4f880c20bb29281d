#pragma once
#if !defined (MIGDESC_INSIDE) && !defined (MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif
typedef struct _MigdescModel MigdescModel;
