// Planted: a library is included past its door.
#pragma once

#include <sqlite3.h>

#include "core/sql/sql.h"
// #include <nlohmann/json.hpp> in a comment is nobody's business
