#pragma once
typedef struct _MigdescPlan MigdescPlan;
