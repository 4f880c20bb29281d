int migdesc_plan_get_type (void);
int migdesc_plan_new (void);
int migdesc_plan_leaked (void);

int migdesc_plan_get_type (void) { return 1; }
int migdesc_plan_new (void) { return 1; }
int migdesc_plan_leaked (void) { return 1; }
