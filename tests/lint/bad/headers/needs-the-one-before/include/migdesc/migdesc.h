#pragma once
#define MIGDESC_INSIDE
#include <migdesc/migdesc-model.h>
#include <migdesc/migdesc-plan.h>
#undef MIGDESC_INSIDE
