// The full-text tokenizer "vakant", given to every connection when it opens. core/sql alone uses it.
#pragma once

#include <sqlite3.h>

#include "core/base/result.h"

namespace vakant {

Outcome add_search_tokenizer(sqlite3* handle);

} // namespace vakant
