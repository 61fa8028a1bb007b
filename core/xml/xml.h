// The door to XML: a whole document as plain values. The only user of pugixml. Anybody in core may include
// it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct XmlElement {
    std::string name;                                            ///< without its namespace prefix
    std::vector<std::pair<std::string, std::string>> attributes; ///< names without prefix
    std::string text; ///< its own character data, not that of its children
    std::vector<XmlElement> children;

    /// The first child of that name; an empty element where there is none, so that chains read naturally.
    const XmlElement& operator[](std::string_view child) const;
    std::vector<const XmlElement*> all(std::string_view child) const;
    std::string_view attribute(std::string_view name) const;
};

/// One document; the root element. Refused: what is not well formed, not UTF-8 (after decoding what its
/// declaration names), or nested deeper than 64. Document types are read over: no entity of theirs is
/// expanded and no file is fetched.
Result<XmlElement> parse_xml(std::string_view text);

} // namespace vakant
