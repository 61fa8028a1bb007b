// The profile of JSON Schema 2020-12 that forms use (assets/forms/README.md lists its keywords): read once,
// then checked against as many documents as wanted. Used by this folder and `vakant`; any thread may share
// one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

struct SchemaProblem {
    std::string path;    ///< JSON Pointer into the document, "" for the whole
    std::string keyword; ///< "maxLength", "format", "required", ...
    Json limit;          ///< the keyword's value where it is a number or a name, else null
};

/// What `format` does: the draft's default only annotates, forms check.
enum class Formats { annotated, checked };

/// Whose patterns they are: a file's, or this program's own (Pattern::built_in).
enum class Patterns { checked, built_in };

/// Caps on a document; beyond them it is not accepted, and the keyword of the problem is "too_large".
struct SchemaCaps {
    static constexpr std::size_t longest_text = 10'000; ///< code points
    static constexpr std::size_t deepest = 64;
    static constexpr std::size_t most_steps = 100'000; ///< pairs of schema and value looked at
};

class Schema {
public:
    /// Refused with path and reason: a keyword outside the profile by its name, a bad pattern with its
    /// position, a $ref that is not local, leads nowhere or back to itself.
    static Result<Schema> from_json(const Json& json, Formats formats = Formats::checked,
                                    Patterns patterns = Patterns::checked);

    bool accepts(const Json& document) const;
    /// Every problem, in the order of the schema; of anyOf, oneOf and not only that they do not hold.
    std::vector<SchemaProblem> problems_of(const Json& document) const;

private:
    friend class SchemaReader;
    friend class SchemaCheck;
    struct Node;
    std::shared_ptr<const std::vector<Node>> nodes_; ///< the first one is the whole
};

} // namespace vakant
