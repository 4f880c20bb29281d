#include "../codec/read.h"
