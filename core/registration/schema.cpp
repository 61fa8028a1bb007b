// Compiles a schema into nodes, each pointer of the text once.
#include "core/registration/schema.h"

#include <algorithm>
#include <map>

#include "core/base/utf8.h"
#include "core/registration/schema_check.h"
#include "core/registration/schema_node.h"

namespace vakant {
namespace {

constexpr std::size_t most_nodes = 20'000;
constexpr int deepest_nesting = 300; ///< of schemas in schemas, references followed

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    const auto digit = [](char c) {
        const std::size_t found =
            std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
        return found == std::string_view::npos ? -1 : static_cast<int>(found);
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
        decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    return decoded;
}

std::string pointer_escaped(std::string_view name) {
    std::string escaped;
    for (const char c : name) {
        if (c == '~') {
            escaped += "~0";
        } else if (c == '/') {
            escaped += "~1";
        } else {
            escaped += c;
        }
    }
    return escaped;
}

/// The value that a JSON Pointer names, or null.
const Json* find_pointer(const Json& root, std::string_view pointer) {
    const Json* at = &root;
    while (!pointer.empty()) {
        if (pointer[0] != '/') return nullptr;
        pointer.remove_prefix(1);
        const std::size_t end = pointer.find('/');
        std::string step;
        const std::string_view raw = pointer.substr(0, end);
        for (std::size_t i = 0; i < raw.size(); ++i) {
            const bool escape = raw[i] == '~' && i + 1 < raw.size();
            step += escape ? (raw[++i] == '1' ? '/' : '~') : raw[i];
        }
        pointer = end == pointer.npos ? "" : pointer.substr(end);
        if (at->is_array()) {
            std::size_t index = 0;
            if (step.empty() || step.size() > 6) return nullptr;
            for (const char c : step) {
                if (c < '0' || c > '9') return nullptr;
                index = index * 10 + static_cast<std::size_t>(c - '0');
            }
            if (index >= at->size()) return nullptr;
            at = &(*at)[index];
        } else {
            at = at->find(step);
            if (!at) return nullptr;
        }
    }
    return at;
}

constexpr std::string_view ignored[] = {"$schema", "$comment", "title", "description", "default", "examples"};

} // namespace

class SchemaReader {
public:
    SchemaReader(const Json& root, Formats formats, Patterns patterns)
        : root_(root), formats_(formats), patterns_(patterns) {}

    Result<Schema> read() {
        VAKANT_TRY(first, node_at(root_, ""));
        (void)first;
        VAKANT_CHECK(check_no_loop());
        Schema schema;
        schema.nodes_ = std::make_shared<const std::vector<Schema::Node>>(std::move(nodes_));
        return schema;
    }

private:
    using Node = Schema::Node;

    static Error wrong(const std::string& pointer, std::string_view keyword, std::string_view reason) {
        return invalid_input((pointer.empty() ? "" : pointer + ": ") + std::string(keyword) + ": " +
                             std::string(reason));
    }

    /// The index of the node for the schema at this pointer, compiled when first asked for.
    Result<int> node_at(const Json& json, const std::string& pointer) {
        if (const auto known = by_pointer_.find(pointer); known != by_pointer_.end()) return known->second;
        if (nodes_.size() >= most_nodes) return invalid_input("more than 20000 schemas in one");
        if (nesting_ >= deepest_nesting) return invalid_input("schemas nest deeper than 300");
        ++nesting_;
        const int index = static_cast<int>(nodes_.size());
        by_pointer_.emplace(pointer, index);
        nodes_.emplace_back();
        Node node;
        if (json.is_bool()) {
            node.refuses_all = !json.bool_or(true);
        } else if (!json.is_object()) {
            return invalid_input((pointer.empty() ? "the schema" : pointer) +
                                 ": is neither an object nor a boolean");
        }
        for (const auto& [keyword, value] : json.members())
            VAKANT_CHECK(read_keyword(node, keyword, value, pointer));
        nodes_[static_cast<std::size_t>(index)] = std::move(node);
        --nesting_; // an error on the way here ends the whole reading
        return index;
    }

    Outcome read_keyword(Node& node, const std::string& keyword, const Json& value,
                         const std::string& pointer) {
        for (const Reading reading :
             {&SchemaReader::read_value, &SchemaReader::read_object, &SchemaReader::read_list_or_text,
              &SchemaReader::read_number, &SchemaReader::read_combination}) {
            VAKANT_TRY(known, (this->*reading)(node, keyword, value, pointer));
            if (known) return done();
        }
        const bool is_ignored =
            std::find(std::begin(ignored), std::end(ignored), keyword) != std::end(ignored);
        if (!is_ignored) return wrong(pointer, keyword, "this keyword is outside the profile");
        return done();
    }

    using Reading = Result<bool> (SchemaReader::*)(Node&, const std::string&, const Json&,
                                                   const std::string&);

    Result<bool> read_value(Node& node, const std::string& keyword, const Json& value,
                            const std::string& pointer) {
        if (keyword == "type") {
            const auto& names = value.is_array() ? value.items() : Json::Array{value};
            for (const Json& name : names) {
                const unsigned bit = type_bit(name.text());
                if (bit == 0) return wrong(pointer, keyword, "must name JSON types");
                node.types |= bit;
            }
            if (names.empty()) return wrong(pointer, keyword, "must name JSON types");
        } else if (keyword == "const") {
            node.has_constant = true;
            node.constant = value;
        } else if (keyword == "enum") {
            if (!value.is_array()) return wrong(pointer, keyword, "must be a list");
            node.enumeration = value.items();
        } else {
            return false;
        }
        return true;
    }

    Result<std::vector<std::string>> names_in(const std::string& keyword, const Json& value,
                                              const std::string& pointer) {
        std::vector<std::string> names;
        if (!value.is_array()) return wrong(pointer, keyword, "must be a list of names");
        for (const Json& name : value.items()) {
            if (!name.is_string()) return wrong(pointer, keyword, "must be a list of names");
            names.emplace_back(name.text());
        }
        return names;
    }

    Result<bool> read_object(Node& node, const std::string& keyword, const Json& value,
                             const std::string& pointer) {
        const std::string here = pointer + "/" + keyword;
        if (keyword == "properties" || keyword == "$defs") {
            if (!value.is_object()) return wrong(pointer, keyword, "must be an object of schemas");
            for (const auto& [name, part] : value.members()) {
                VAKANT_TRY(index, node_at(part, here + "/" + pointer_escaped(name)));
                if (keyword == "properties") node.properties.emplace_back(name, index);
            }
        } else if (keyword == "required") {
            VAKANT_TRY(names, names_in(keyword, value, pointer));
            node.required = std::move(names);
        } else if (keyword == "dependentRequired") {
            if (!value.is_object()) return wrong(pointer, keyword, "must be an object of lists");
            for (const auto& [name, list] : value.members()) {
                VAKANT_TRY(names, names_in(keyword, list, pointer));
                node.dependent_required.emplace_back(name, std::move(names));
            }
        } else if (keyword == "additionalProperties") {
            VAKANT_TRY(index, node_at(value, here));
            node.additional_properties = index;
        } else {
            return false;
        }
        return true;
    }

    Result<bool> read_list_or_text(Node& node, const std::string& keyword, const Json& value,
                                   const std::string& pointer) {
        if (keyword == "items") {
            VAKANT_TRY(index, node_at(value, pointer + "/items"));
            node.items = index;
        } else if (keyword == "uniqueItems") {
            if (!value.is_bool()) return wrong(pointer, keyword, "must be true or false");
            node.unique_items = value.bool_or(false);
        } else if (keyword == "pattern") {
            if (!value.is_string()) return wrong(pointer, keyword, "must be a text");
            if (patterns_ == Patterns::built_in) {
                node.pattern = Pattern::built_in(value.text());
                return true;
            }
            auto pattern = Pattern::from_text(value.text());
            if (!pattern.ok()) return wrong(pointer, keyword, pattern.error().detail);
            node.pattern = *pattern;
        } else if (keyword == "format") {
            if (!value.is_string()) return wrong(pointer, keyword, "must be a text");
            if (formats_ == Formats::annotated) return true;
            node.format = find_format(value.text());
            node.format_name = value.text();
            if (!node.format)
                return wrong(pointer, keyword, "\"" + node.format_name + "\" is outside the profile");
        } else {
            return false;
        }
        return true;
    }

    Result<bool> read_number(Node& node, const std::string& keyword, const Json& value,
                             const std::string& pointer) {
        const std::pair<std::string_view, std::optional<std::uint64_t>*> counts[] = {
            {"minItems", &node.least_items},
            {"maxItems", &node.most_items},
            {"minLength", &node.least_length},
            {"maxLength", &node.most_length}};
        for (const auto& [name, target] : counts) {
            if (keyword != name) continue;
            const double number = value.number_or(-1);
            if (!(number >= 0 && number <= 1e15 &&
                  number == static_cast<double>(static_cast<std::uint64_t>(number)))) {
                return wrong(pointer, keyword, "must be a whole number from 0");
            }
            *target = static_cast<std::uint64_t>(number);
            return true;
        }
        const std::pair<std::string_view, Json*> limits[] = {{"minimum", &node.minimum},
                                                             {"maximum", &node.maximum},
                                                             {"exclusiveMinimum", &node.exclusive_minimum},
                                                             {"exclusiveMaximum", &node.exclusive_maximum},
                                                             {"multipleOf", &node.multiple_of}};
        for (const auto& [name, target] : limits) {
            if (keyword != name) continue;
            if (!value.is_number()) return wrong(pointer, keyword, "must be a number");
            if (name == "multipleOf" && !(value.number_or(0) > 0))
                return wrong(pointer, keyword, "must be above 0");
            *target = value;
            return true;
        }
        return false;
    }

    Result<bool> read_combination(Node& node, const std::string& keyword, const Json& value,
                                  const std::string& pointer) {
        const std::string here = pointer + "/" + keyword;
        const std::pair<std::string_view, std::vector<int>*> lists[] = {
            {"allOf", &node.all_of}, {"anyOf", &node.any_of}, {"oneOf", &node.one_of}};
        for (const auto& [name, target] : lists) {
            if (keyword != name) continue;
            if (!value.is_array() || value.size() == 0)
                return wrong(pointer, keyword, "must be a list of schemas");
            for (std::size_t i = 0; i < value.size(); ++i) {
                VAKANT_TRY(index, node_at(value[i], here + "/" + std::to_string(i)));
                target->push_back(index);
            }
            return true;
        }
        const std::pair<std::string_view, int*> singles[] = {{"not", &node.negated},
                                                             {"if", &node.condition},
                                                             {"then", &node.consequence},
                                                             {"else", &node.otherwise}};
        for (const auto& [name, target] : singles) {
            if (keyword != name) continue;
            VAKANT_TRY(index, node_at(value, here));
            *target = index;
            return true;
        }
        if (keyword != "$ref") return false;
        if (value.text() != "#" && !value.text().starts_with("#/")) {
            return wrong(pointer, keyword, "only references into the same schema (#/...)");
        }
        const auto target = percent_decoded(value.text().substr(1));
        const Json* found = target ? find_pointer(root_, *target) : nullptr;
        if (!found) return wrong(pointer, keyword, "\"" + std::string(value.text()) + "\" leads nowhere");
        VAKANT_TRY(index, node_at(*found, *target));
        node.reference = index;
        return true;
    }

    /// Nodes that are checked against the same value: a way round through them would never end.
    static std::vector<int> in_place(const Node& node) {
        std::vector<int> others;
        for (const std::vector<int>* list : {&node.all_of, &node.any_of, &node.one_of})
            others.insert(others.end(), list->begin(), list->end());
        for (const int single :
             {node.reference, node.negated, node.condition, node.consequence, node.otherwise}) {
            if (single != Node::none) others.push_back(single);
        }
        return others;
    }

    Outcome check_no_loop() const {
        enum class Mark : char { fresh, open, fine };
        std::vector<Mark> marks(nodes_.size(), Mark::fresh);
        // By hand, since a chain of references may be longer than the stack is deep.
        for (std::size_t start = 0; start < nodes_.size(); ++start) {
            std::vector<std::pair<int, std::vector<int>>> way;
            const auto enter = [&](int index) {
                marks[static_cast<std::size_t>(index)] = Mark::open;
                way.emplace_back(index, in_place(nodes_[static_cast<std::size_t>(index)]));
            };
            if (marks[start] == Mark::fresh) enter(static_cast<int>(start));
            while (!way.empty()) {
                auto& [index, rest] = way.back();
                if (rest.empty()) {
                    marks[static_cast<std::size_t>(index)] = Mark::fine;
                    way.pop_back();
                    continue;
                }
                const int other = rest.back();
                rest.pop_back();
                const Mark mark = marks[static_cast<std::size_t>(other)];
                if (mark == Mark::open)
                    return invalid_input("$ref: a schema refers to itself for the same value");
                if (mark == Mark::fresh) enter(other);
            }
        }
        return done();
    }

    const Json& root_;
    Formats formats_;
    Patterns patterns_;
    int nesting_ = 0;
    std::vector<Node> nodes_;
    std::map<std::string, int, std::less<>> by_pointer_;
};

Result<Schema> Schema::from_json(const Json& json, Formats formats, Patterns patterns) {
    return SchemaReader(json, formats, patterns).read();
}

} // namespace vakant
