MIGDESC_AVAILABLE_IN_1_0
void migdesc_plan_unref (MigdescPlan *plan);
