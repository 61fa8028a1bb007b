// Planted: the backend's store reaches into the kiosk, and for a library that nobody owns.
#include <absl/strings/str_cat.h>

#include "core/sql/sql.h"
#include "kiosk/semantics/semantic_tree.h"
