typedef struct _MigdescPlan MigdescPlan;
#define MIGDESC_PLAN_STEPS 3
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_plan_get_type (void);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_plan_ref (MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_plan_unref (MigdescPlan *plan);
MIGDESC_AVAILABLE_IN_1_2
void migdesc_plan_apply (MigdescPlan *plan);
