#include "core/xml/xml.h"

#include <pugixml.hpp>

#include "core/base/utf8.h"

namespace vakant {
namespace {

const XmlElement no_element;
constexpr int deepest = 64;

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

Result<XmlElement> element_of(const pugi::xml_node& node, int depth) {
    if (depth > deepest) return invalid_input("elements are nested deeper than 64");
    XmlElement element;
    element.name = local_name(node.name());
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        element.attributes.emplace_back(local_name(attribute.name()), attribute.value());
    }
    for (const pugi::xml_node& child : node.children()) {
        if (child.type() == pugi::node_element) {
            VAKANT_TRY(inner, element_of(child, depth + 1));
            element.children.push_back(std::move(inner));
        } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            element.text += child.value();
        }
    }
    if (!is_valid_utf8(element.name) || !is_valid_utf8(element.text)) {
        return invalid_input("element " + std::to_string(depth) + " deep: not UTF-8");
    }
    for (auto& [name, value] : element.attributes) {
        if (!is_valid_utf8(name) || !is_valid_utf8(value)) return invalid_input("an attribute is not UTF-8");
    }
    return element;
}

} // namespace

const XmlElement& XmlElement::operator[](std::string_view child) const {
    for (const XmlElement& element : children) {
        if (element.name == child) return element;
    }
    return no_element;
}

std::vector<const XmlElement*> XmlElement::all(std::string_view child) const {
    std::vector<const XmlElement*> found;
    for (const XmlElement& element : children) {
        if (element.name == child) found.push_back(&element);
    }
    return found;
}

std::string_view XmlElement::attribute(std::string_view wanted) const {
    for (const auto& [name, value] : attributes) {
        if (name == wanted) return value;
    }
    return "";
}

Result<XmlElement> parse_xml(std::string_view text) {
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(text.data(), text.size());
    if (!result) {
        return invalid_input("XML, byte " + std::to_string(result.offset) + ": " + result.description());
    }
    return element_of(document.document_element(), 1);
}

} // namespace vakant
