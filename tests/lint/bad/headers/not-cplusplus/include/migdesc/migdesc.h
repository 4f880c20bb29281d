#pragma once
#define MIGDESC_INSIDE
#include <migdesc/migdesc-plan.h>
#undef MIGDESC_INSIDE
