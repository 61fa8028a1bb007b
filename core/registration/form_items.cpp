// Reads the questions of a form and refuses, with path and reason, what would go wrong later at the kiosk.
#include <algorithm>
#include <array>

#include "core/registration/form_reader.h"
#include "core/registration/logic.h"

namespace vakant {
namespace {

constexpr std::int64_t longest_answer = 4000;
constexpr std::int64_t most_group_entries = 20;

struct WidgetName {
    std::string_view name;
    Widget widget;
    std::string_view type; ///< what "data" must call it
};
constexpr std::array<WidgetName, 15> widgets{{{"text", Widget::text, "string"},
                                              {"name", Widget::name, "string"},
                                              {"telephone", Widget::telephone, "string"},
                                              {"email", Widget::email, "string"},
                                              {"number", Widget::number, "number"},
                                              {"date", Widget::date, "string"},
                                              {"month", Widget::month, "string"},
                                              {"long_text", Widget::long_text, "string"},
                                              {"choice", Widget::choice, "string"},
                                              {"choices", Widget::choices, "array"},
                                              {"suggest", Widget::suggest, "string"},
                                              {"suggest_many", Widget::suggest_many, "array"},
                                              {"yes_no", Widget::yes_no, "boolean"},
                                              {"fact", Widget::fact, ""},
                                              {"group", Widget::group, "array"}}};

const WidgetName& entry_of(Widget widget) {
    return *std::find_if(widgets.begin(), widgets.end(),
                         [widget](const WidgetName& known) { return known.widget == widget; });
}

Result<std::vector<FormChoice>> choices_of(const Json& list, const std::string& path) {
    if (!list.is_array() || list.size() == 0) return invalid_input(path + ": must be a list of choices");
    std::vector<FormChoice> choices;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string where = item_path(path, i);
        VAKANT_CHECK(only_members(list[i], where, {"value", "text_key", "for"}));
        FormChoice choice;
        VAKANT_TRY(value, text_member(list[i], where, "value"));
        VAKANT_TRY(key, text_member(list[i], where, "text_key"));
        if (value.find('\n') != value.npos) return invalid_input(where + ".value: holds a line break");
        for (const FormChoice& other : choices) {
            if (other.value == value)
                return invalid_input(where + ".value: \"" + value + "\" is there twice");
        }
        for (const Json& item : list[i]["for"].items())
            choice.only_for.emplace_back(item.text());
        if (list[i].contains("for") && choice.only_for.empty()) {
            return invalid_input(where + ".for: must be a list of values");
        }
        choice.value = std::move(value);
        choice.text_key = std::move(key);
        choices.push_back(std::move(choice));
    }
    return choices;
}

/// One of the form's lists by name, or a list that is kept outside the form.
Outcome read_named_list(const std::string& name, const Json& form, const std::string& path,
                        FormField& field) {
    const Json* list = form["lists"].find(name);
    if (!list) return invalid_input(path + ".list: there is no list \"" + name + "\"");
    const std::string where = "lists." + name;
    if (list->is_array()) {
        VAKANT_TRY(choices, choices_of(*list, where));
        field.choices = std::move(choices);
        return done();
    }
    VAKANT_CHECK(only_members(*list, where, {"from"}));
    VAKANT_TRY(outside, text_member(*list, where, "from"));
    const bool plain = std::all_of(outside.begin(), outside.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '-'; });
    if (!plain) return invalid_input(where + ".from: only a-z, _ and - may name a list");
    if (field.widget == Widget::choice || field.widget == Widget::choices) {
        return invalid_input(path + ".widget: a list kept outside is found by typing: suggest, suggest_many");
    }
    field.list = std::move(outside);
    return done();
}

/// The choices of an item: a list of its own, or one of the form's lists by name.
Outcome read_choices(const Json& item, const Json& form, const std::string& path, FormField& field) {
    if (!field.is_choosing()) {
        for (const std::string_view name : {"choices", "list", "depends_on", "own_words"}) {
            if (item.contains(name))
                return invalid_input(member_path(path, name) + ": only for the choosing widgets");
        }
        return done();
    }
    if (item.contains("list")) {
        VAKANT_TRY(name, text_member(item, path, "list"));
        VAKANT_CHECK(read_named_list(name, form, path, field));
    } else {
        VAKANT_TRY(choices, choices_of(item["choices"], path + ".choices"));
        field.choices = std::move(choices);
    }
    VAKANT_TRY(depends_on, optional_text(item, path, "depends_on"));
    field.depends_on = std::move(depends_on);
    const bool narrowed = std::any_of(field.choices.begin(), field.choices.end(),
                                      [](const FormChoice& choice) { return !choice.only_for.empty(); });
    if (narrowed && field.depends_on.empty()) {
        return invalid_input(path + ".depends_on: missing, though choices have \"for\"");
    }
    const bool by_typing = field.widget == Widget::suggest || field.widget == Widget::suggest_many;
    field.own_words = item["own_words"].bool_or(false);
    if (item.contains("own_words") && (!item["own_words"].is_bool() || !by_typing)) {
        return invalid_input(path + ".own_words: true or false, only for suggest and suggest_many");
    }
    return done();
}

Outcome check_name(const std::string& id, const std::string& path) {
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain) return invalid_input(path + ": only a-z, 0-9 and _ may name a field");
    return done();
}

Outcome read_need(const Json& item, const std::string& path, FormField& field) {
    const std::string_view need = item["need"].text_or(item.contains("need") ? "?" : "optional");
    if (need != "required" && need != "optional" && need != "hidden") {
        return invalid_input(path + ".need: \"" + std::string(need) +
                             "\" is none of required, optional, hidden");
    }
    field.need = need == "required" ? Need::required : need == "hidden" ? Need::hidden : Need::optional;
    return done();
}

Outcome read_messages(const Json& item, const std::string& path, FormField& field) {
    const Json& messages = item["messages"];
    if (item.contains("messages") && !messages.is_object()) {
        return invalid_input(path + ".messages: must be an object of keyword and key");
    }
    static constexpr std::string_view keywords[] = {
        "required",         "type",        "enum",      "const",     "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf",  "minLength", "maxLength", "pattern", "format",  "minItems",
        "maxItems",         "uniqueItems", "not",       "anyOf",     "oneOf",   "if"};
    for (const auto& [keyword, key] : messages.members()) {
        // "format.email", "type.number": one of several that a keyword may be told as.
        const std::string_view begin = std::string_view(keyword).substr(0, keyword.find('.'));
        if (std::find(std::begin(keywords), std::end(keywords), begin) == std::end(keywords)) {
            return invalid_input(path + ".messages: \"" + keyword +
                                 "\" is no keyword that an answer can miss");
        }
        if (key.text().empty()) return invalid_input(path + ".messages." + keyword + ": must be a text");
        field.messages.emplace(keyword, key.text());
    }
    const Json& constraints = item["constraints"];
    if (item.contains("constraints") && !constraints.is_array()) {
        return invalid_input(path + ".constraints: must be a list");
    }
    for (std::size_t i = 0; i < constraints.size(); ++i) {
        const std::string where = item_path(path + ".constraints", i);
        VAKANT_CHECK(only_members(constraints[i], where, {"rule", "text_key"}));
        VAKANT_TRY(rule, rule_member(constraints[i], where, "rule"));
        VAKANT_TRY(key, text_member(constraints[i], where, "text_key"));
        if (rule.is_null()) return invalid_input(where + ".rule: missing");
        field.constraints.push_back({std::move(rule), std::move(key)});
    }
    return done();
}

Outcome read_rules(const Json& item, const std::string& path, FormField& field) {
    VAKANT_TRY(visible_if, rule_member(item, path, "visible_if"));
    VAKANT_TRY(required_if, rule_member(item, path, "required_if"));
    VAKANT_TRY(computed, rule_member(item, path, "computed"));
    if ((field.widget == Widget::fact) == computed.is_null()) {
        return invalid_input(path + ".computed: the widget fact shows a computed value, no other does");
    }
    field.visible_if = std::move(visible_if);
    field.required_if = std::move(required_if);
    field.computed = std::move(computed);
    return done();
}

/// What "data" says of the field, checked against its widget; `properties` is where it stands.
Outcome read_schema(const Json& properties, const std::string& where, const std::string& path,
                    FormField& field) {
    const Json* schema = properties.find(field.id);
    if (!schema) return invalid_input(path + ".field: \"" + field.id + "\" is not in " + where);
    const std::string here = where + "." + field.id;
    if (!schema->is_object()) return invalid_input(here + ": must be an object");
    const std::string_view wanted = type_of(field.widget);
    const std::string_view type = (*schema)["type"].text_or(wanted);
    const bool integer = type == "integer" && wanted == "number";
    if (!wanted.empty() && type != wanted && !integer) {
        return invalid_input(here + ".type: \"" + std::string(type) + "\", but the widget " +
                             std::string(name_of(field.widget)) + " gives \"" + std::string(wanted) + "\"");
    }
    if (field.widget == Widget::long_text) field.max_length = 2000;
    VAKANT_TRY(length, whole_member(*schema, here, "maxLength", static_cast<std::int64_t>(field.max_length),
                                    1, longest_answer));
    field.max_length = static_cast<std::size_t>(length);
    field.schema = *schema;
    return done();
}

Result<FormField> field_of(const Json& item, const Json& form, const Json& properties,
                           const std::string& where, const std::string& path) {
    VAKANT_CHECK(only_members(item, path,
                              {"field", "widget", "need", "label_key", "help_key", "choices", "list",
                               "depends_on", "own_words", "visible_if", "required_if", "computed",
                               "constraints", "messages", "passport_of", "country", "purpose_key"}));
    FormField field;
    VAKANT_TRY(id, text_member(item, path, "field"));
    VAKANT_CHECK(check_name(id, path + ".field"));
    field.id = std::move(id);
    VAKANT_TRY(widget_name, text_member(item, path, "widget"));
    const auto widget = std::find_if(widgets.begin(), widgets.end(),
                                     [&](const WidgetName& known) { return known.name == widget_name; });
    if (widget == widgets.end() || widget->widget == Widget::group) {
        return invalid_input(path + ".widget: \"" + widget_name + "\" is not known");
    }
    field.widget = widget->widget;
    VAKANT_CHECK(read_need(item, path, field));
    VAKANT_TRY(label, text_member(item, path, "label_key"));
    VAKANT_TRY(help, optional_text(item, path, "help_key"));
    VAKANT_TRY(purpose, optional_text(item, path, "purpose_key"));
    VAKANT_TRY(passport_of, optional_text(item, path, "passport_of"));
    VAKANT_TRY(country, optional_text(item, path, "country"));
    field.label_key = std::move(label);
    field.help_key = std::move(help);
    field.purpose_key = std::move(purpose);
    if (!passport_of.empty() && field.widget != Widget::name) {
        return invalid_input(path + ".passport_of: only for the widget name");
    }
    field.passport_of = std::move(passport_of);
    if (!country.empty() && (field.widget != Widget::telephone || !is_country(country))) {
        return invalid_input(path + ".country: two capital letters, only for the widget telephone");
    }
    field.country = country.empty() ? std::string(form["country"].text_or("FI")) : country;
    VAKANT_CHECK(read_rules(item, path, field));
    VAKANT_CHECK(read_messages(item, path, field));
    VAKANT_CHECK(read_choices(item, form, path, field));
    VAKANT_CHECK(read_schema(properties, where, path, field));
    return field;
}

Result<FormField> group_of(const Json& item, const Json& form, const std::string& path) {
    VAKANT_CHECK(only_members(item, path,
                              {"group", "need", "label_key", "help_key", "entry_key", "add_key", "min", "max",
                               "visible_if", "items"}));
    FormField group;
    group.widget = Widget::group;
    VAKANT_TRY(id, text_member(item, path, "group"));
    VAKANT_CHECK(check_name(id, path + ".group"));
    group.id = std::move(id);
    VAKANT_CHECK(read_need(item, path, group));
    if (group.need == Need::required) {
        return invalid_input(path + ".need: a group is required by its \"min\"");
    }
    VAKANT_TRY(label, text_member(item, path, "label_key"));
    VAKANT_TRY(help, optional_text(item, path, "help_key"));
    VAKANT_TRY(entry, text_member(item, path, "entry_key"));
    VAKANT_TRY(add, text_member(item, path, "add_key"));
    VAKANT_TRY(least, whole_member(item, path, "min", 0, 0, most_group_entries));
    VAKANT_TRY(most, whole_member(item, path, "max", most_group_entries, std::max<std::int64_t>(least, 1),
                                  most_group_entries));
    VAKANT_TRY(visible_if, rule_member(item, path, "visible_if"));
    group.label_key = std::move(label);
    group.help_key = std::move(help);
    group.entry_key = std::move(entry);
    group.add_key = std::move(add);
    group.least_entries = static_cast<std::size_t>(least);
    group.most_entries = static_cast<std::size_t>(most);
    group.visible_if = std::move(visible_if);
    const Json& schema = form["data"]["properties"][group.id];
    const std::string where = "data.properties." + group.id;
    const Json& properties = schema["items"]["properties"];
    if (schema["type"].text() != "array" || !properties.is_object()) {
        return invalid_input(where + ": must be an array of objects with properties");
    }
    VAKANT_CHECK(only_members(schema, where, {"type", "items", "title", "description", "$comment"}));
    VAKANT_CHECK(only_members(schema["items"], where + ".items",
                              {"type", "properties", "title", "description", "$comment"}));
    const Json& items = item["items"];
    if (!items.is_array() || items.size() == 0)
        return invalid_input(path + ".items: must be a list of questions");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string here = item_path(path + ".items", i);
        if (items[i].contains("group")) return invalid_input(here + ".group: groups do not nest");
        VAKANT_TRY(field, field_of(items[i], form, properties, where + ".items.properties", here));
        group.fields.push_back(std::move(field));
    }
    for (const Json::Member& property : properties.members()) {
        const bool asked = std::any_of(group.fields.begin(), group.fields.end(),
                                       [&](const FormField& field) { return field.id == property.first; });
        if (!asked) {
            return invalid_input(where + ".items.properties." + property.first +
                                 ": not in the group, so nobody can answer it");
        }
    }
    return group;
}

} // namespace

Result<FormField> item_of(const Json& item, const Json& form, const std::string& path) {
    if (item.contains("group")) return group_of(item, form, path);
    return field_of(item, form, form["data"]["properties"], "data.properties", path);
}

std::string_view type_of(Widget widget) {
    return entry_of(widget).type;
}

std::string_view name_of(Widget widget) {
    return entry_of(widget).name;
}

bool FormField::is_choosing() const {
    return widget == Widget::choice || widget == Widget::choices || widget == Widget::suggest ||
           widget == Widget::suggest_many;
}

bool is_country(std::string_view code) {
    return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

std::string item_path(std::string_view list, std::size_t i) {
    return std::string(list) + "[" + std::to_string(i) + "]";
}

std::string member_path(const std::string& path, std::string_view name) {
    return (path.empty() ? "" : path + ".") + std::string(name);
}

Outcome only_members(const Json& json, const std::string& path,
                     std::initializer_list<std::string_view> known) {
    if (!json.is_object()) return invalid_input(path + ": must be an object");
    for (const Json::Member& member : json.members()) {
        if (std::find(known.begin(), known.end(), member.first) == known.end()) {
            return invalid_input(member_path(path, member.first) + ": nothing of that name is known");
        }
    }
    return done();
}

Result<std::string> text_member(const Json& json, const std::string& path, std::string_view name) {
    const std::string where = member_path(path, name);
    const Json* found = json.find(name);
    if (!found) return invalid_input(where + ": missing");
    if (!found->is_string()) return invalid_input(where + ": must be a text");
    if (found->text().empty()) return invalid_input(where + ": empty");
    return std::string(found->text());
}

Result<std::string> optional_text(const Json& json, const std::string& path, std::string_view name) {
    return json.contains(name) ? text_member(json, path, name) : Result<std::string>(std::string());
}

Result<std::int64_t> whole_member(const Json& json, const std::string& path, std::string_view name,
                                  std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    const Json* found = json.find(name);
    if (!found) return otherwise;
    const std::int64_t number = found->integer_or(least - 1);
    if (number < least || number > most) {
        return invalid_input(member_path(path, name) + ": not from " + std::to_string(least) + " to " +
                             std::to_string(most));
    }
    return number;
}

Result<Json> rule_member(const Json& json, const std::string& path, std::string_view name) {
    const Json* rule = json.find(name);
    if (!rule || rule->is_null()) return Json();
    const std::string where = member_path(path, name);
    if (const Outcome checked = check_logic(*rule); !checked.ok()) return at(where, checked.error());
    if (!names_in_logic(*rule).empty()) return *rule;
    const auto value = evaluate_logic(*rule, Json::object());
    if (!value.ok()) return at(where, value.error());
    if (name != "computed" && !is_true(*value)) return invalid_input(where + ": can never hold");
    return *rule;
}

} // namespace vakant
