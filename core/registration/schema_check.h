// Types as schemas name them. Only for the schema's own files.
#pragma once

#include <string_view>

namespace vakant {

/// A bit for each JSON type, "integer" and "number" each its own; 0 for any other word.
unsigned type_bit(std::string_view name);

} // namespace vakant
