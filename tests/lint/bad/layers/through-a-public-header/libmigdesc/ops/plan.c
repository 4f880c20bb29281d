#include <migdesc/migdesc-plan.h>

void
migdesc_plan_unref (MigdescPlan *plan)
{
}
