// Planted: the lowest room looks up at one above it.
#pragma once

#include <cstdint>

#include "sync/outbox.h"
