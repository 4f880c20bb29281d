#pragma once
#if !defined (MIGDESC_INSIDE) && !defined (MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif
void migdesc_plan_take (MigdescModel *model);
