// The door to HTML as the world writes it: a tree, whatever the tags were. The only user of gumbo. Anybody in
// core may include it; what comes out is data of strangers and never goes to a page as it is.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct HtmlNode {
    std::string name; ///< of an element, in lower case; "" for text
    std::string text; ///< of a text, with character references decoded once
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<HtmlNode> children;

    bool is_text() const { return name.empty(); }
    std::string_view attribute(std::string_view wanted) const;
    /// All text below, in order.
    std::string all_text() const;
};

/// A page or a fragment; the element "html". Comments are left out. Refused: larger than 4 MiB, or nested
/// deeper than anything that people write (256), which costs a parser more than it tells a reader.
Result<HtmlNode> parse_html(std::string_view text);

} // namespace vakant
