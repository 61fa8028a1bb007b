// Walks a document along the compiled schema.
#include "core/registration/schema_check.h"

#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "core/registration/schema_node.h"

namespace vakant {
namespace {

constexpr std::string_view type_names[] = {"null",   "boolean", "integer", "number",
                                           "string", "array",   "object"};

constexpr int most_nesting = 1000; ///< calls within calls: what the stack surely takes

bool is_whole(const Json& value) {
    return value.is_integer() || (value.is_number() && value.number_or(0) == std::trunc(value.number_or(0)));
}

unsigned types_of(const Json& value) {
    switch (value.type()) {
    case Json::Type::null:
        return type_bit("null");
    case Json::Type::boolean:
        return type_bit("boolean");
    case Json::Type::integer:
    case Json::Type::real:
        return type_bit("number") | (is_whole(value) ? type_bit("integer") : 0);
    case Json::Type::string:
        return type_bit("string");
    case Json::Type::array:
        return type_bit("array");
    case Json::Type::object:
        return type_bit("object");
    }
    return 0;
}

/// Below, equal or above, without losing digits where both are integers.
int compared(const Json& a, const Json& b) {
    if (a.is_integer() && b.is_integer()) {
        const std::int64_t x = a.integer_or(0), y = b.integer_or(0);
        return x < y ? -1 : x > y ? 1 : 0;
    }
    const double x = a.number_or(0), y = b.number_or(0);
    return x < y ? -1 : x > y ? 1 : 0;
}

bool is_multiple(const Json& value, const Json& of) {
    if (value.is_integer() && of.is_integer()) return value.integer_or(0) % of.integer_or(1) == 0;
    const double quotient = value.number_or(0) / of.number_or(1);
    // Division rounds 0.0075/0.0001 to 75 as everybody else's validator does; fmod would not.
    if (std::isfinite(quotient)) return quotient == std::trunc(quotient);
    return std::fmod(value.number_or(0), of.number_or(1)) == 0;
}

} // namespace

unsigned type_bit(std::string_view name) {
    for (std::size_t i = 0; i < std::size(type_names); ++i) {
        if (type_names[i] == name) return 1u << i;
    }
    return 0;
}

class SchemaCheck {
public:
    explicit SchemaCheck(const std::vector<Schema::Node>& nodes) : nodes_(nodes) {}

    bool check(const Json& document, std::vector<SchemaProblem>* problems) {
        problems_ = problems;
        const bool holds = check_node(0, document, 0);
        if (!over_) return holds;
        if (problems) *problems = {{"", "too_large", Json()}};
        return false;
    }

private:
    using Node = Schema::Node;

    const Node& node(int index) const { return nodes_[static_cast<std::size_t>(index)]; }

    void wrong(std::string_view keyword, Json limit = {}) {
        if (problems_) problems_->push_back({path_, std::string(keyword), std::move(limit)});
        holds_ = false;
    }

    /// Charged to the cap; after it nothing is looked at any more.
    bool step(std::size_t cost = 1) {
        steps_ += cost;
        over_ = over_ || steps_ > SchemaCaps::most_steps;
        return !over_;
    }

    bool check_node(int index, const Json& value, std::size_t depth) {
        if (!step()) return false;
        if (depth > SchemaCaps::deepest || nesting_ > most_nesting) {
            over_ = true;
            return false;
        }
        ++nesting_;
        const Node& schema = node(index);
        const bool outer = holds_;
        holds_ = true;
        if (schema.refuses_all) wrong("false");
        check_value(schema, value);
        if (value.is_number()) check_number(schema, value);
        if (value.is_string()) check_text(schema, value);
        if (value.is_array()) check_array(schema, value, depth);
        if (value.is_object()) check_object(schema, value, depth);
        check_combinations(schema, value, depth);
        --nesting_;
        const bool holds = holds_ && !over_;
        holds_ = outer && holds;
        return holds;
    }

    /// Only the verdict.
    bool holds_silently(int index, const Json& value, std::size_t depth) {
        std::vector<SchemaProblem>* const kept = problems_;
        const bool outer = holds_;
        problems_ = nullptr;
        const bool holds = check_node(index, value, depth);
        problems_ = kept;
        holds_ = outer;
        return holds;
    }

    void check_value(const Node& schema, const Json& value) {
        if (schema.types != 0 && (types_of(value) & schema.types) == 0) wrong("type");
        if (schema.has_constant && !(value == schema.constant)) wrong("const");
        if (schema.enumeration) {
            const auto& allowed = *schema.enumeration;
            if (!step(allowed.size() / 8)) return;
            if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) wrong("enum");
        }
    }

    void check_number(const Node& schema, const Json& value) {
        if (!schema.minimum.is_null() && compared(value, schema.minimum) < 0)
            wrong("minimum", schema.minimum);
        if (!schema.maximum.is_null() && compared(value, schema.maximum) > 0)
            wrong("maximum", schema.maximum);
        if (!schema.exclusive_minimum.is_null() && compared(value, schema.exclusive_minimum) <= 0) {
            wrong("exclusiveMinimum", schema.exclusive_minimum);
        }
        if (!schema.exclusive_maximum.is_null() && compared(value, schema.exclusive_maximum) >= 0) {
            wrong("exclusiveMaximum", schema.exclusive_maximum);
        }
        if (!schema.multiple_of.is_null() && !is_multiple(value, schema.multiple_of)) {
            wrong("multipleOf", schema.multiple_of);
        }
    }

    void check_text(const Node& schema, const Json& value) {
        const std::size_t length = code_point_count(value.text());
        if (length > SchemaCaps::longest_text) {
            over_ = true;
            return;
        }
        if (schema.least_length && length < *schema.least_length)
            wrong("minLength", Json(*schema.least_length));
        if (schema.most_length && length > *schema.most_length) wrong("maxLength", Json(*schema.most_length));
        if (schema.pattern && step(1 + length / 64) && !schema.pattern->is_found_in(value.text()))
            wrong("pattern");
        if (schema.format && !schema.format(value.text())) wrong("format", schema.format_name);
    }

    void check_array(const Node& schema, const Json& value, std::size_t depth) {
        const std::size_t count = value.size();
        if (schema.least_items && count < *schema.least_items) wrong("minItems", Json(*schema.least_items));
        if (schema.most_items && count > *schema.most_items) wrong("maxItems", Json(*schema.most_items));
        if (schema.unique_items && !all_differ(value)) wrong("uniqueItems");
        if (schema.items == Node::none) return;
        for (std::size_t i = 0; i < count && !over_; ++i)
            check_below(schema.items, std::to_string(i), value[i], depth);
    }

    bool all_differ(const Json& list) {
        if (!step(list.size() * list.size() / 8)) return false;
        for (std::size_t i = 0; i < list.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (list[i] == list[j]) return false;
            }
        }
        return true;
    }

    void check_object(const Node& schema, const Json& value, std::size_t depth) {
        for (const std::string& name : schema.required) {
            if (!value.contains(name)) wrong("required", name);
        }
        for (const auto& [name, others] : schema.dependent_required) {
            if (!value.contains(name)) continue;
            for (const std::string& other : others) {
                if (!value.contains(other)) wrong("dependentRequired", other);
            }
        }
        for (const auto& [name, index] : schema.properties) {
            if (over_) return;
            if (const Json* part = value.find(name)) check_below(index, name, *part, depth);
        }
        if (schema.additional_properties == Node::none) return;
        for (const auto& [name, part] : value.members()) {
            if (!step()) return;
            const bool known =
                std::any_of(schema.properties.begin(), schema.properties.end(),
                            [&name = name](const auto& property) { return property.first == name; });
            if (known) continue;
            if (node(schema.additional_properties).refuses_all) {
                wrong("additionalProperties", name);
            } else {
                check_below(schema.additional_properties, name, part, depth);
            }
        }
    }

    void check_below(int index, std::string_view name, const Json& part, std::size_t depth) {
        const std::size_t before = path_.size();
        if (problems_) {
            path_ += '/';
            for (const char c : name) {
                if (c == '~' || c == '/') {
                    path_ += c == '~' ? "~0" : "~1";
                } else {
                    path_ += c;
                }
            }
        }
        check_node(index, part, depth + 1);
        path_.resize(before);
    }

    void check_combinations(const Node& schema, const Json& value, std::size_t depth) {
        if (over_) return;
        if (schema.reference != Node::none) check_node(schema.reference, value, depth);
        for (const int part : schema.all_of)
            check_node(part, value, depth);
        const auto how_many = [&](const std::vector<int>& parts, std::size_t enough) {
            std::size_t count = 0;
            for (const int part : parts) {
                if (count < enough && holds_silently(part, value, depth)) ++count;
            }
            return count;
        };
        if (!schema.any_of.empty() && how_many(schema.any_of, 1) == 0) wrong("anyOf");
        if (!schema.one_of.empty() && how_many(schema.one_of, 2) != 1) wrong("oneOf");
        if (schema.negated != Node::none && holds_silently(schema.negated, value, depth)) wrong("not");
        if (schema.condition == Node::none) return;
        const int branch =
            holds_silently(schema.condition, value, depth) ? schema.consequence : schema.otherwise;
        if (branch != Node::none) check_node(branch, value, depth);
    }

    const std::vector<Schema::Node>& nodes_;
    std::vector<SchemaProblem>* problems_ = nullptr;
    std::string path_;
    std::size_t steps_ = 0;
    int nesting_ = 0;
    bool holds_ = true;
    bool over_ = false;
};

bool Schema::accepts(const Json& document) const {
    return SchemaCheck(*nodes_).check(document, nullptr);
}

std::vector<SchemaProblem> Schema::problems_of(const Json& document) const {
    std::vector<SchemaProblem> problems;
    SchemaCheck(*nodes_).check(document, &problems);
    return problems;
}

} // namespace vakant
