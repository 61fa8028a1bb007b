#include "core/xml/html.h"

#include <gumbo.h>

#include <algorithm>
#include <map>
#include <memory_resource>

namespace vakant {
namespace {

constexpr std::size_t largest = 4u << 20;
constexpr int deepest = 256;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string tag_name_at(std::string_view text, std::size_t at) {
    std::string name;
    for (; at < text.size() && name.size() < 16; ++at) {
        const char c = text[at];
        if (!is_letter(c) && (name.empty() || c < '0' || c > '9')) break;
        name += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return name;
}

bool closes_by_itself(std::string_view name) {
    for (const std::string_view one :
         {"br", "hr", "img", "input",  "meta",   "link", "p",   "li",   "td",   "th",
          "tr", "dt", "dd",  "option", "source", "col",  "wbr", "area", "base", "embed"}) {
        if (name == one) return true;
    }
    return false;
}

/// Whether more elements stay open than any page has. Gumbo's time grows with their number at every tag, so
/// this is looked at before it starts.
bool leaves_too_much_open(std::string_view text) {
    std::map<std::string, int> open;
    int sum = 0;
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
        const bool closing = text.substr(at + 1).starts_with('/');
        const std::string name = tag_name_at(text, at + (closing ? 2 : 1));
        if (name.empty() || closes_by_itself(name)) continue;
        int& count = open[name];
        if (!closing) {
            ++count;
            ++sum;
        } else if (count > 0) {
            --count;
            --sum;
        }
        if (sum > deepest) return true;
    }
    return false;
}

void* take(void* arena, std::size_t size) {
    return static_cast<std::pmr::memory_resource*>(arena)->allocate(size);
}
void leave(void*, void*) {} // the arena goes as a whole

std::string name_of(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece original = element.original_tag;
    gumbo_tag_from_original_text(&original);
    std::string name(original.data ? std::string_view(original.data, original.length) : std::string_view());
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    return name.empty() ? "unknown" : name;
}

Result<HtmlNode> node_of(const GumboNode& node, int depth) {
    if (depth > deepest) return invalid_input("HTML: elements are nested deeper than 256");
    HtmlNode out;
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) {
        if (node.type != GUMBO_NODE_COMMENT) out.text = node.v.text.text;
        return out;
    }
    const GumboElement& element = node.v.element;
    out.name = name_of(element);
    for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
        out.attributes.emplace_back(attribute->name, attribute->value);
    }
    for (unsigned i = 0; i < element.children.length; ++i) {
        VAKANT_TRY(child, node_of(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1));
        if (!child.is_text() || !child.text.empty()) out.children.push_back(std::move(child));
    }
    return out;
}

void append_text(const HtmlNode& node, std::string& text) {
    text += node.text;
    for (const HtmlNode& child : node.children)
        append_text(child, text);
}

} // namespace

std::string_view HtmlNode::attribute(std::string_view wanted) const {
    for (const auto& [attribute_name, value] : attributes) {
        if (attribute_name == wanted) return value;
    }
    return "";
}

std::string HtmlNode::all_text() const {
    std::string out;
    append_text(*this, out);
    return out;
}

Result<HtmlNode> parse_html(std::string_view text) {
    if (text.size() > largest) return invalid_input("HTML: larger than 4 MiB");
    if (leaves_too_much_open(text)) return invalid_input("HTML: more than 256 elements are left open");
    // Gumbo's own clean-up walks the tree recursively; an arena needs no walk.
    std::pmr::monotonic_buffer_resource arena(text.size() * 2 + 4096);
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = leave;
    options.userdata = &arena;
    options.max_errors = 0;
    const GumboOutput* output = gumbo_parse_with_options(&options, text.data(), text.size());
    return node_of(*output->root, 1);
}

} // namespace vakant
