#pragma once
#define MIGDESC_INSIDE
#undef MIGDESC_INSIDE
