// A schema as SchemaReader compiles it and SchemaCheck walks it. Only for those two.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/registration/formats.h"
#include "core/registration/pattern.h"
#include "core/registration/schema.h"

namespace vakant {

struct Schema::Node {
    static constexpr int none = -1; ///< in place of the index of another node

    bool refuses_all = false; ///< the schema `false`
    unsigned types = 0;       ///< bits of `type_bit`; 0: any
    bool has_constant = false;
    Json constant;
    std::optional<Json::Array> enumeration;

    std::vector<std::pair<std::string, int>> properties;
    std::vector<std::string> required;
    std::vector<std::pair<std::string, std::vector<std::string>>> dependent_required;
    int additional_properties = none;

    int items = none;
    std::optional<std::uint64_t> least_items, most_items;
    bool unique_items = false;

    std::optional<std::uint64_t> least_length, most_length;
    std::optional<Pattern> pattern;
    FormatCheck format = nullptr;
    std::string format_name;

    Json minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of; ///< null where there is none

    int reference = none;
    std::vector<int> all_of, any_of, one_of;
    int negated = none;
    int condition = none, consequence = none, otherwise = none;
};

} // namespace vakant
