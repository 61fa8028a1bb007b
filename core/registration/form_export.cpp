// The form as plain JSON Schema. Rules become if/then/else as far as their meaning can be kept to the letter.
#include <algorithm>
#include <optional>

#include "core/registration/form_authoring.h"
#include "core/registration/form_graph.h"
#include "core/registration/form_reader.h"
#include "core/registration/form_schemas.h"

namespace vakant {
namespace {

Json has(const std::string& field, Json schema) {
    Json properties = Json::object();
    properties.set(field, std::move(schema));
    return Json::object({{"properties", std::move(properties)}, {"required", Json::array({field})}});
}

Json both(Json a, Json b) {
    return Json::object({{"allOf", Json::array({std::move(a), std::move(b)})}});
}

Json negated(Json schema) {
    return Json::object({{"not", std::move(schema)}});
}

/// Turns a rule over the answers that stand in one object into a schema of that object.
class RuleToSchema {
public:
    /// `fields`: those of the object, questions of an entry or of the form.
    explicit RuleToSchema(const std::vector<const FormField*>& fields) : fields_(fields) {}

    /// None where the schema could not mean the same.
    std::optional<Json> schema_of(const Json& rule) const {
        if (rule.is_bool()) return rule;
        if (!rule.is_object() || rule.size() != 1) return std::nullopt;
        const auto& [name, arguments] = rule.members().front();
        const Json::Array list = arguments.is_array() ? arguments.items() : Json::Array{arguments};
        if (name == "var") return list.size() == 1 ? is_given(rule) : std::nullopt;
        if (name == "!!") return list.size() == 1 ? schema_of(list[0]) : std::nullopt;
        if (name == "!") return list.size() == 1 ? inverse(schema_of(list[0])) : std::nullopt;
        if (name == "and" || name == "or") return combined(list, name == "and" ? "allOf" : "anyOf");
        if (list.size() != 2) return std::nullopt;
        if (name == "==" || name == "===") return equality(list);
        if (name == "!=" || name == "!==") return inverse(equality(list));
        if (name == "in") return membership(list);
        return std::nullopt;
    }

private:
    static std::optional<Json> inverse(std::optional<Json> schema) {
        if (!schema) return std::nullopt;
        return negated(std::move(*schema));
    }

    std::optional<Json> combined(const Json::Array& list, std::string_view keyword) const {
        Json parts = Json::array();
        for (const Json& part : list) {
            auto schema = schema_of(part);
            if (!schema) return std::nullopt;
            parts.push(std::move(*schema));
        }
        if (list.empty()) return std::nullopt;
        Json schema = Json::object();
        schema.set(keyword, std::move(parts));
        return schema;
    }

    /// The field of {"var": "field"}, null where it is anything else.
    const FormField* variable(const Json& rule) const {
        const Json* path = rule.size() == 1 ? rule.find("var") : nullptr;
        const std::string_view name = !path                                   ? ""
                                      : path->is_array() && path->size() == 1 ? (*path)[0].text()
                                                                              : path->text();
        const auto found = std::find_if(fields_.begin(), fields_.end(),
                                        [name](const FormField* field) { return field->id == name; });
        const bool plain = found != fields_.end() && (*found)->widget != Widget::fact;
        return plain ? *found : nullptr;
    }

    std::optional<Json> is_given(const Json& rule) const {
        const FormField* field = variable(rule);
        if (!field) return std::nullopt;
        if (field->widget == Widget::yes_no) return has(field->id, Json::object({{"const", true}}));
        if (field->widget == Widget::number) return has(field->id, negated(Json::object({{"const", 0}})));
        return has(field->id, true); // a given text or list is never empty
    }

    std::optional<Json> equality(const Json::Array& list) const {
        const FormField* field = variable(list[0]);
        const Json& constant = field ? list[1] : list[0];
        if (!field) field = variable(list[1]);
        if (!field) return std::nullopt;
        const std::string_view type = type_of(field->widget);
        const bool same_type = (type == "string" && constant.is_string() && !constant.text().empty()) ||
                               (type == "boolean" && constant.bool_or(false)) ||
                               (type == "number" && constant.is_number() && constant.number_or(0) != 0);
        if (!same_type) return std::nullopt;
        return has(field->id, Json::object({{"const", constant}}));
    }

    std::optional<Json> membership(const Json::Array& list) const {
        if (const FormField* field = variable(list[0])) {
            const auto& values = list[1].items();
            const bool texts =
                type_of(field->widget) == "string" && !values.empty() &&
                std::all_of(values.begin(), values.end(), [](const Json& v) { return v.is_string(); });
            if (!texts) return std::nullopt;
            return has(field->id, Json::object({{"enum", list[1]}}));
        }
        const FormField* field = variable(list[1]);
        if (!field || !field->takes_several() || !list[0].is_string()) return std::nullopt;
        const Json others = negated(Json::object({{"const", list[0]}}));
        return has(field->id, negated(Json::object({{"items", others}})));
    }

    const std::vector<const FormField*>& fields_;
};

class Export {
public:
    explicit Export(const FormDefinition& form) : form_(form) {}

    Json schema() {
        std::vector<const FormField*> fields;
        for (const FormPage& page : form_.pages) {
            for (const FormField& field : page.fields)
                fields.push_back(&field);
        }
        Json object = object_of(fields, [this](const FormField& field) { return rules_of_page(field); });
        Json schema = Json::object(
            {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
             {"title", form_.id},
             {"description", "vakant-form/1, version " + form_.version + ", digest " + form_.digest}});
        Json left_out = Json::array();
        for (const std::string& what : left_out_)
            left_out.push(what);
        if (!left_out_.empty()) schema.set("$comment", "left out: " + left_out.to_text());
        for (const auto& [keyword, value] : object.members())
            schema.set(keyword, value);
        add_ties(schema);
        return schema;
    }

private:
    Json rules_of_page(const FormField& field) const {
        for (const FormPage& page : form_.pages) {
            for (const FormField& other : page.fields) {
                if (&other == &field) return page.visible_if;
            }
        }
        return Json();
    }

    /// One object's schema; `outer` gives the rule of the page that a field stands on.
    template <typename Outer>
    Json object_of(const std::vector<const FormField*>& fields, Outer outer) {
        const RuleToSchema rules(fields);
        Json properties = Json::object(), required = Json::array(), conditions = Json::array();
        for (const FormField* field : fields) {
            if (field->need == Need::hidden) continue;
            properties.set(field->id, field->is_group() ? group_schema(*field) : answer_schema(*field));
            note_left_out(*field);
            add_conditions(*field, outer(*field), rules, required, conditions);
        }
        Json schema = Json::object(
            {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}});
        if (required.size() > 0) schema.set("required", std::move(required));
        if (conditions.size() > 0) schema.set("allOf", std::move(conditions));
        return schema;
    }

    void add_conditions(const FormField& field, const Json& page_rule, const RuleToSchema& rules,
                        Json& required, Json& conditions) {
        const bool needed = field.need == Need::required || (field.is_group() && field.least_entries > 0);
        const Json must = Json::object({{"required", Json::array({field.id})}});
        Json shown = true;
        bool always = field.passport_of.empty(), known = field.passport_of.empty();
        for (const Json* rule : {&page_rule, &field.visible_if}) {
            if (rule->is_null()) continue;
            always = false;
            auto schema = rules.schema_of(*rule);
            known = known && schema.has_value();
            if (schema)
                shown = shown.is_bool() ? std::move(*schema) : both(std::move(shown), std::move(*schema));
        }
        if (!known) left_out_.push_back(field.id + ".visible_if");
        if (needed && always) required.push(field.id);
        if (!always && known) {
            Json properties = Json::object();
            properties.set(field.id, false);
            Json condition = Json::object({{"if", shown}});
            if (needed) condition.set("then", must);
            condition.set("else", Json::object({{"properties", std::move(properties)}}));
            conditions.push(std::move(condition));
        }
        if (field.required_if.is_null() || needed || !known) return;
        auto asked = rules.schema_of(field.required_if);
        if (!asked) return left_out_.push_back(field.id + ".required_if");
        conditions.push(Json::object({{"if", both(shown, std::move(*asked))}, {"then", must}}));
    }

    void note_left_out(const FormField& field) {
        if (!field.computed.is_null()) left_out_.push_back(field.id + ".computed");
        if (!field.constraints.empty()) left_out_.push_back(field.id + ".constraints");
        if (!field.depends_on.empty()) left_out_.push_back(field.id + ".depends_on");
        if (!field.list.empty()) left_out_.push_back(field.id + ".list");
        if (field.widget == Widget::telephone) left_out_.push_back(field.id + ": lengths by country");
    }

    /// What the file says and what the widget asks for, in one object where no keyword is in both.
    Json answer_schema(const FormField& field) const {
        const Json kind = kind_schema(field);
        Json own = field.schema;
        own.erase("title");
        own.erase("description");
        Json schema = Json::object({{"title", form_.text(field.label_key, form_.default_language)}});
        bool apart = true;
        for (const auto& [keyword, value] : own.members()) {
            const Json* other = kind.find(keyword);
            if (other && *other == value) continue;
            apart = apart && !other;
        }
        for (const auto& [keyword, value] : kind.members())
            schema.set(keyword, value);
        if (!apart) return schema.set("allOf", Json::array({own}));
        for (const auto& [keyword, value] : own.members())
            schema.set(keyword, value);
        return schema;
    }

    Json group_schema(const FormField& group) {
        std::vector<const FormField*> fields;
        for (const FormField& field : group.fields)
            fields.push_back(&field);
        return Json::object({{"title", form_.text(group.label_key, form_.default_language)},
                             {"type", "array"},
                             {"items", object_of(fields, [](const FormField&) { return Json(); })},
                             {"minItems", std::max<std::size_t>(group.least_entries, 1)},
                             {"maxItems", group.most_entries}});
    }

    /// What the file itself says of several fields together, and the definitions that it refers to.
    void add_ties(Json& schema) const {
        Json ties = Json::object();
        for (const auto& [keyword, value] : form_.data().members()) {
            static constexpr std::string_view own[] = {"type",  "properties",  "$schema", "$comment",
                                                       "title", "description", "default", "examples"};
            if (std::find(std::begin(own), std::end(own), keyword) != std::end(own)) continue;
            if (keyword == "$defs") {
                schema.set("$defs", value);
            } else {
                ties.set(keyword, value);
            }
        }
        if (ties.size() == 0) return;
        Json all = schema["allOf"].is_array() ? schema["allOf"] : Json::array();
        all.push(std::move(ties));
        schema.set("allOf", std::move(all));
    }

    const FormDefinition& form_;
    std::vector<std::string> left_out_;
};

} // namespace

Json schema_for_others(const FormDefinition& form) {
    return Export(form).schema();
}

} // namespace vakant
