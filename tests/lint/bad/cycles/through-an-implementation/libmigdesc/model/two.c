#include "model/two.h"
#include "model/three.h"
