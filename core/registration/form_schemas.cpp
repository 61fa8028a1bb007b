#include "core/registration/form_schemas.h"

#include "core/registration/form_reader.h"

namespace vakant {
namespace {

/// "something@something.tld", as people write it, in any script; whether it exists only a mail can tell.
constexpr std::string_view email_pattern = R"(^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*\.[^\s@.\d]{2,}$)";
/// Digits, blanks, + - ( ) and at least six digits; what the country asks for is checked besides.
constexpr std::string_view telephone_pattern = R"(^[ +()\-]*(\d[ +()\-]*){6,20}$)";
constexpr std::string_view name_pattern = R"(^[\p{M} .,'’ʼ\-]*\p{L}[\p{L}\p{M} .,'’ʼ\-]*$)";
constexpr std::string_view latin_name_pattern = R"(^[A-Za-z][A-Za-z '\-]*$)";
constexpr std::string_view month_pattern = R"(^\d{4}-(0[1-9]|1[0-2])$)";
constexpr std::int64_t most_own_words = 20;

Json values_of(const FormField& field) {
    Json values = Json::array();
    for (const FormChoice& choice : field.choices)
        values.push(choice.value);
    return values;
}

Json one_choice(const FormField& field) {
    Json schema = Json::object({{"type", "string"}, {"minLength", 1}, {"maxLength", field.max_length}});
    if (!field.own_words && field.list.empty()) schema.set("enum", values_of(field));
    return schema;
}

std::string_view pattern_of(const FormField& field) {
    switch (field.widget) {
    case Widget::telephone:
        return telephone_pattern;
    case Widget::email:
        return email_pattern;
    case Widget::month:
        return month_pattern;
    case Widget::name:
        return field.passport_of.empty() ? name_pattern : latin_name_pattern;
    default:
        return R"(\S)";
    }
}

/// The file's schema of one field, with the definitions that it may refer to.
Json with_definitions(Json schema, const Json& data) {
    if (data.contains("$defs")) schema.set("$defs", data["$defs"]);
    return schema;
}

/// What widgets ask for, by its text: most fields ask for the same, and a pattern takes long to compile.
using KindSchemas = std::map<std::string, Schema, std::less<>>;

Result<Schema> shared_kind(const FormField& field, KindSchemas& kinds) {
    const Json json = kind_schema(field);
    std::string text = json.to_canonical_text();
    if (const auto known = kinds.find(text); known != kinds.end()) return known->second;
    VAKANT_TRY(compiled, Schema::from_json(json, Formats::checked, Patterns::built_in));
    kinds.emplace(std::move(text), compiled);
    return compiled;
}

Outcome compile(const FormField& field, const std::string& where, const Json& data, KindSchemas& kinds,
                FormSchemas& schemas) {
    auto kind = shared_kind(field, kinds);
    if (!kind.ok()) return at(where, kind.error());
    auto own = Schema::from_json(with_definitions(field.schema, data));
    if (!own.ok()) return at(where, own.error());
    schemas.answers.insert_or_assign(field.id,
                                     FormSchemas::Answer{std::move(kind).value(), std::move(own).value()});
    return done();
}

} // namespace

Json kind_schema(const FormField& field) {
    switch (field.widget) {
    case Widget::number:
        return Json::object({{"type", "number"}});
    case Widget::yes_no:
        return Json::object({{"type", "boolean"}});
    case Widget::date:
        return Json::object({{"type", "string"}, {"format", "date"}});
    case Widget::choice:
    case Widget::suggest:
        return one_choice(field);
    case Widget::choices:
    case Widget::suggest_many: {
        Json schema = Json::object(
            {{"type", "array"}, {"items", one_choice(field)}, {"minItems", 1}, {"uniqueItems", true}});
        if (field.widget == Widget::suggest_many) schema.set("maxItems", most_own_words);
        return schema;
    }
    case Widget::fact:
    case Widget::group:
        return Json::object();
    default:
        return Json::object(
            {{"type", "string"}, {"maxLength", field.max_length}, {"pattern", pattern_of(field)}});
    }
}

Outcome FormDefinition::compile_schemas() {
    auto schemas = std::make_shared<FormSchemas>();
    KindSchemas kinds;
    for (const FormPage& page : pages) {
        for (const FormField& item : page.fields) {
            const std::string where = "data.properties." + item.id;
            if (!item.is_group()) VAKANT_CHECK(compile(item, where, data_, kinds, *schemas));
            for (const FormField& part : item.fields)
                VAKANT_CHECK(compile(part, where + ".items.properties." + part.id, data_, kinds, *schemas));
        }
    }
    Json whole = data_;
    whole.erase("properties");
    auto compiled = Schema::from_json(whole);
    if (!compiled.ok()) return at("data", compiled.error());
    schemas->whole = std::move(compiled).value();
    schemas_ = std::move(schemas);
    return done();
}

} // namespace vakant
