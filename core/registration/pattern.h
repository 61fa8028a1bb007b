// Patterns of forms: what ECMAScript (with its u flag) and RE2 understand alike, so that a kiosk, a backend
// and somebody else's validator give the same verdict. assets/forms/README.md lists the subset. Used by this
// folder; plain values after reading, any thread may match.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/result.h"

namespace vakant {

class Pattern {
public:
    /// Refused with position (code points from 0) and reason: what only one of the two understands
    /// (look-around, back references, \Z), and what neither does. At most 256 characters.
    static Result<Pattern> from_text(std::string_view pattern);
    /// One of the patterns that stand in this program, known to be good: compiled when it is first asked, for
    /// that takes longer than reading the rest of a form.
    static Pattern built_in(std::string_view pattern);

    /// Whether it is found anywhere in `text`, in time linear in it.
    bool is_found_in(std::string_view text) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

} // namespace vakant
