// Reads a vakant-form/1 file and refuses, with path and reason, what would go wrong later at the kiosk.
#include <algorithm>
#include <array>

#include "core/crypto/crypto.h"
#include "core/registration/form.h"
#include "core/registration/form_rules.h"
#include "core/text/text.h"

namespace vakant {
namespace {

constexpr std::size_t most_fields = 200;
constexpr std::size_t longest_answer = 4000;

struct WidgetName {
    std::string_view name;
    Widget widget;
    std::string_view type; ///< what "data" must call it
};
constexpr std::array<WidgetName, 9> widgets{{{"text", Widget::text, "string"},
                                             {"telephone", Widget::telephone, "string"},
                                             {"email", Widget::email, "string"},
                                             {"number", Widget::number, "number"},
                                             {"date", Widget::date, "string"},
                                             {"long_text", Widget::long_text, "string"},
                                             {"choice", Widget::choice, "string"},
                                             {"choices", Widget::choices, "array"},
                                             {"yes_no", Widget::yes_no, "boolean"}}};

/// Law forbids asking these at registration, or asks for more than a form like this can give.
constexpr std::array<std::string_view, 10> special_categories{
    "health", "religion", "ethnic",  "union",           "political",
    "sexual", "race",     "genetic", "identity_number", "henkilotunnus"};

std::string item_path(std::string_view list, std::size_t i) {
    return std::string(list) + "[" + std::to_string(i) + "]";
}

Outcome only_members(const Json& json, const std::string& path,
                     std::initializer_list<std::string_view> known) {
    if (!json.is_object()) return invalid_input(path + ": must be an object");
    for (const Json::Member& member : json.members()) {
        if (std::find(known.begin(), known.end(), member.first) == known.end()) {
            return invalid_input((path.empty() ? "" : path + ".") + member.first +
                                 ": nothing of that name is known");
        }
    }
    return done();
}

Result<std::string> text_member(const Json& json, const std::string& path, std::string_view name) {
    const std::string where = (path.empty() ? "" : path + ".") + std::string(name);
    const Json* found = json.find(name);
    if (!found) return invalid_input(where + ": missing");
    if (!found->is_string()) return invalid_input(where + ": must be a text");
    if (found->text().empty()) return invalid_input(where + ": empty");
    return std::string(found->text());
}

/// "" where there is none.
Result<std::string> optional_text(const Json& json, const std::string& path, std::string_view name) {
    return json.contains(name) ? text_member(json, path, name) : Result<std::string>(std::string());
}

Result<std::vector<FormChoice>> choices_of(const Json& list, const std::string& path) {
    if (!list.is_array() || list.size() == 0) return invalid_input(path + ": must be a list of choices");
    std::vector<FormChoice> choices;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string where = item_path(path, i);
        VAKANT_CHECK(only_members(list[i], where, {"value", "text_key"}));
        VAKANT_TRY(value, text_member(list[i], where, "value"));
        VAKANT_TRY(key, text_member(list[i], where, "text_key"));
        if (value.find('\n') != value.npos) return invalid_input(where + ".value: holds a line break");
        for (const FormChoice& other : choices) {
            if (other.value == value)
                return invalid_input(where + ".value: \"" + value + "\" is there twice");
        }
        choices.push_back({std::move(value), std::move(key)});
    }
    return choices;
}

/// The choices of an item: a list of its own, or one of the form's lists by name.
Outcome read_choices(const Json& item, const Json& form, const std::string& path, FormField& field) {
    const bool wanted = field.widget == Widget::choice || field.widget == Widget::choices;
    if (!wanted) {
        if (item.contains("choices") || item.contains("list")) {
            return invalid_input(path + ".choices: only for the widgets choice and choices");
        }
        return done();
    }
    if (item.contains("list")) {
        VAKANT_TRY(name, text_member(item, path, "list"));
        const Json* list = form["lists"].find(name);
        if (!list) return invalid_input(path + ".list: there is no list \"" + name + "\"");
        VAKANT_TRY(choices, choices_of(*list, "lists." + name));
        field.choices = std::move(choices);
    } else {
        VAKANT_TRY(choices, choices_of(item["choices"], path + ".choices"));
        field.choices = std::move(choices);
    }
    return done();
}

Outcome read_schema(const Json& form, const WidgetName& widget, const std::string& path, FormField& field) {
    const Json* schema = form["data"]["properties"].find(field.id);
    if (!schema) return invalid_input(path + ".field: \"" + field.id + "\" is not in data.properties");
    const std::string where = "data.properties." + field.id;
    VAKANT_CHECK(only_members(*schema, where,
                              {"type", "maxLength", "minLength", "pattern", "minimum", "maximum", "minItems",
                               "maxItems", "title", "description"}));
    VAKANT_TRY(type, text_member(*schema, where, "type"));
    const bool integer = type == "integer" && widget.type == "number";
    if (type != widget.type && !integer) {
        return invalid_input(where + ".type: \"" + type + "\", but the widget " + std::string(widget.name) +
                             " gives \"" + std::string(widget.type) + "\"");
    }
    if (const Json* longest = schema->find("maxLength")) {
        const std::int64_t length = longest->integer_or(0);
        if (length < 1 || length > static_cast<std::int64_t>(longest_answer)) {
            return invalid_input(where + ".maxLength: not from 1 to " + std::to_string(longest_answer));
        }
        field.max_length = static_cast<std::size_t>(length);
    }
    if (const Json* pattern = schema->find("pattern")) {
        if (!pattern->is_string()) return invalid_input(where + ".pattern: must be a text");
        const auto checked = check_pattern(pattern->text());
        if (!checked.ok()) return at(where + ".pattern", checked.error());
    }
    field.schema = *schema;
    return done();
}

Outcome check_name(const std::string& id, const std::string& path) {
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain) return invalid_input(path + ".field: only a-z, 0-9 and _ may name a field");
    for (const std::string_view category : special_categories) {
        if (id.find(category) != id.npos) {
            return invalid_input(path + ".field: \"" + id + "\" names a special category of personal data");
        }
    }
    return done();
}

Result<FormField> field_of(const Json& item, const Json& form, const std::string& path) {
    VAKANT_CHECK(only_members(item, path,
                              {"field", "widget", "need", "label_key", "help_key", "choices", "list",
                               "visible_if", "required_if"}));
    FormField field;
    VAKANT_TRY(id, text_member(item, path, "field"));
    VAKANT_CHECK(check_name(id, path));
    field.id = std::move(id);
    VAKANT_TRY(widget_name, text_member(item, path, "widget"));
    const auto widget = std::find_if(widgets.begin(), widgets.end(),
                                     [&](const WidgetName& known) { return known.name == widget_name; });
    if (widget == widgets.end()) return invalid_input(path + ".widget: \"" + widget_name + "\" is not known");
    field.widget = widget->widget;
    const std::string_view need = item["need"].text_or("optional");
    if (need != "required" && need != "optional" && need != "hidden") {
        return invalid_input(path + ".need: \"" + std::string(need) +
                             "\" is none of required, optional, hidden");
    }
    field.need = need == "required" ? Need::required : need == "hidden" ? Need::hidden : Need::optional;
    VAKANT_TRY(label, text_member(item, path, "label_key"));
    VAKANT_TRY(help, optional_text(item, path, "help_key"));
    field.label_key = std::move(label);
    field.help_key = std::move(help);
    field.visible_if = item["visible_if"];
    field.required_if = item["required_if"];
    VAKANT_CHECK(read_choices(item, form, path, field));
    VAKANT_CHECK(read_schema(form, *widget, path, field));
    return field;
}

Result<FormPage> page_of(const Json& json, const Json& form, const std::string& path) {
    VAKANT_CHECK(only_members(json, path, {"id", "title_key", "help_key", "visible_if", "items"}));
    FormPage page;
    VAKANT_TRY(id, text_member(json, path, "id"));
    VAKANT_TRY(title, text_member(json, path, "title_key"));
    VAKANT_TRY(help, optional_text(json, path, "help_key"));
    page.id = std::move(id);
    page.title_key = std::move(title);
    page.help_key = std::move(help);
    page.visible_if = json["visible_if"];
    const Json& items = json["items"];
    if (!items.is_array() || items.size() == 0)
        return invalid_input(path + ".items: must be a list of questions");
    for (std::size_t i = 0; i < items.size(); ++i) {
        VAKANT_TRY(field, field_of(items[i], form, item_path(path + ".items", i)));
        page.fields.push_back(std::move(field));
    }
    return page;
}

Result<FormConsent> consent_of(const Json& json, const std::string& path) {
    VAKANT_CHECK(only_members(json, path, {"purpose", "text_key", "recipient", "retention"}));
    FormConsent consent;
    VAKANT_TRY(purpose, text_member(json, path, "purpose"));
    VAKANT_TRY(key, text_member(json, path, "text_key"));
    VAKANT_TRY(recipient, optional_text(json, path, "recipient"));
    VAKANT_TRY(retention, text_member(json, path, "retention"));
    consent.purpose = std::move(purpose);
    consent.text_key = std::move(key);
    consent.recipient = std::move(recipient);
    consent.retention = std::move(retention);
    return consent;
}

/// One rule: operators that we know, fields that exist.
Outcome check_rule(const Json& rule, const std::string& path, const FormDefinition& form) {
    if (rule.is_null()) return done();
    for (const std::string& name : fields_in_rule(rule)) {
        if (!form.find_field(name)) return invalid_input(path + ": there is no field \"" + name + "\"");
    }
    if (rule.is_bool() && !rule.bool_or(true)) return invalid_input(path + ": can never hold");
    // Branches that a first evaluation does not reach are evaluated by themselves.
    for (const auto& [name, arguments] : rule.members()) {
        for (const Json& argument : arguments.items()) {
            if (argument.is_object()) VAKANT_CHECK(check_rule(argument, path, form));
        }
        if (arguments.is_object()) VAKANT_CHECK(check_rule(arguments, path, form));
    }
    const auto value = evaluate_logic(rule, Json::object());
    return value.ok() ? done() : Outcome(at(path, value.error()));
}

/// Whether showing `field` depends on a field of `open`, which are being looked at already.
Outcome check_no_circle(const FormDefinition& form, const FormField& field, std::vector<std::string>& open,
                        std::set<std::string, std::less<>>& fine) {
    if (fine.contains(field.id)) return done();
    if (std::find(open.begin(), open.end(), field.id) != open.end()) {
        return invalid_input("visible_if: field \"" + field.id + "\" depends on itself");
    }
    open.push_back(field.id);
    auto names = fields_in_rule(field.visible_if);
    for (const FormPage& page : form.pages) {
        const bool here = std::any_of(page.fields.begin(), page.fields.end(),
                                      [&field](const FormField& other) { return other.id == field.id; });
        if (here) names.merge(fields_in_rule(page.visible_if));
    }
    for (const std::string& name : names) {
        const FormField* other = form.find_field(name);
        if (other) VAKANT_CHECK(check_no_circle(form, *other, open, fine));
    }
    open.pop_back();
    fine.insert(field.id);
    return done();
}

Outcome check_rules(const FormDefinition& form) {
    std::set<std::string, std::less<>> fine;
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        const FormPage& page = form.pages[p];
        const std::string path = item_path("pages", p);
        VAKANT_CHECK(check_rule(page.visible_if, path + ".visible_if", form));
        for (std::size_t i = 0; i < page.fields.size(); ++i) {
            const FormField& field = page.fields[i];
            const std::string where = item_path(path + ".items", i);
            VAKANT_CHECK(check_rule(field.visible_if, where + ".visible_if", form));
            VAKANT_CHECK(check_rule(field.required_if, where + ".required_if", form));
            std::vector<std::string> open;
            const auto circle = check_no_circle(form, field, open, fine);
            if (!circle.ok()) return at(where, circle.error());
        }
    }
    return done();
}

/// Every key that the form uses, with the path that uses it.
std::vector<std::pair<std::string, std::string>> used_keys(const FormDefinition& form) {
    std::vector<std::pair<std::string, std::string>> keys{{form.notice_key, "notice_key"}};
    const auto add = [&keys](const std::string& key, const std::string& path) {
        if (!key.empty()) keys.emplace_back(key, path);
    };
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        const std::string path = item_path("pages", p);
        add(form.pages[p].title_key, path + ".title_key");
        add(form.pages[p].help_key, path + ".help_key");
        for (std::size_t i = 0; i < form.pages[p].fields.size(); ++i) {
            const FormField& field = form.pages[p].fields[i];
            const std::string where = item_path(path + ".items", i);
            add(field.label_key, where + ".label_key");
            add(field.help_key, where + ".help_key");
            for (const FormChoice& choice : field.choices)
                add(choice.text_key, where + ".choices");
        }
    }
    for (std::size_t i = 0; i < form.consents.size(); ++i) {
        add(form.consents[i].text_key, item_path("consents", i) + ".text_key");
    }
    return keys;
}

} // namespace

Result<FormDefinition> FormDefinition::from_json(const Json& json) {
    VAKANT_CHECK(only_members(json, "",
                              {"format", "id", "version", "default_language", "languages", "notice_key",
                               "data", "pages", "lists", "consents", "i18n"}));
    VAKANT_TRY(format, text_member(json, "", "format"));
    if (format != "vakant-form/1") {
        return Error{ErrorKind::unsupported, "format: \"" + format + "\", not \"vakant-form/1\""};
    }
    FormDefinition form;
    VAKANT_CHECK(form.read_head(json));
    const Json& pages = json["pages"];
    if (!pages.is_array() || pages.size() == 0) return invalid_input("pages: must be a list of pages");
    std::set<std::string, std::less<>> seen;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        const std::string path = item_path("pages", p);
        VAKANT_TRY(page, page_of(pages[p], json, path));
        if (!seen.insert("page " + page.id).second) return invalid_input(path + ".id: there twice");
        for (std::size_t i = 0; i < page.fields.size(); ++i) {
            if (!seen.insert(page.fields[i].id).second) {
                return invalid_input(item_path(path + ".items", i) + ".field: asked twice");
            }
        }
        form.pages.push_back(std::move(page));
    }
    if (seen.size() > most_fields) return invalid_input("pages: more than 200 pages and fields");
    for (const Json::Member& property : json["data"]["properties"].members()) {
        if (!seen.contains(property.first)) {
            return invalid_input("data.properties." + property.first +
                                 ": on no page, so nobody can answer it");
        }
    }
    for (std::size_t i = 0; i < json["consents"].size(); ++i) {
        VAKANT_TRY(consent, consent_of(json["consents"][i], item_path("consents", i)));
        form.consents.push_back(std::move(consent));
    }
    VAKANT_CHECK(check_rules(form));
    VAKANT_CHECK(form.read_texts(json["i18n"]));
    form.digest = blake2b_hex(json.to_canonical_text());
    return form;
}

Outcome FormDefinition::read_head(const Json& json) {
    VAKANT_TRY(form_id, text_member(json, "", "id"));
    VAKANT_TRY(form_version, text_member(json, "", "version"));
    VAKANT_TRY(language, text_member(json, "", "default_language"));
    VAKANT_TRY(notice, text_member(json, "", "notice_key"));
    id = std::move(form_id);
    version = std::move(form_version);
    default_language = std::move(language);
    notice_key = std::move(notice);
    for (const Json& item : json["languages"].items()) {
        if (!item.is_string() || item.text().empty())
            return invalid_input("languages: must be a list of languages");
        languages.emplace_back(item.text());
    }
    if (std::find(languages.begin(), languages.end(), default_language) == languages.end()) {
        return invalid_input("default_language: \"" + default_language + "\" is not among languages");
    }
    VAKANT_CHECK(only_members(json["data"], "data", {"type", "properties"}));
    if (!json["data"]["properties"].is_object()) return invalid_input("data.properties: must be an object");
    return done();
}

Outcome FormDefinition::read_texts(const Json& i18n) {
    for (const std::string& language : languages) {
        const Json* texts = i18n.find(language);
        if (!texts || !texts->is_object()) return invalid_input("i18n." + language + ": missing");
        for (const auto& [key, text] : texts->members()) {
            if (!text.is_string() || text.text().empty()) {
                return invalid_input("i18n." + language + "." + key + ": must be a text");
            }
            texts_[language][key] = std::string(text.text());
        }
    }
    for (const auto& [key, path] : used_keys(*this)) {
        for (const std::string& language : languages) {
            if (!texts_[language].contains(key)) {
                return invalid_input(path + ": \"" + key + "\" has no text in " + language);
            }
        }
    }
    return done();
}

std::string_view FormDefinition::text(std::string_view key, std::string_view language) const {
    std::vector<std::string> order = reading_order(language);
    order.push_back(default_language);
    for (const std::string& tried : order) {
        const auto texts = texts_.find(tried);
        if (texts == texts_.end()) continue;
        const auto found = texts->second.find(key);
        if (found != texts->second.end()) return found->second;
    }
    return "";
}

std::string FormDefinition::notice_text(std::string_view language, std::string_view agencies) const {
    constexpr std::string_view placeholder = "{agency}";
    const std::string_view notice = text(notice_key, language);
    std::string shown;
    std::size_t start = 0;
    for (std::size_t at = notice.find(placeholder); at != notice.npos; at = notice.find(placeholder, start)) {
        shown.append(notice.substr(start, at - start)).append(agencies);
        start = at + placeholder.size();
    }
    return shown.append(notice.substr(start));
}

const FormField* FormDefinition::find_field(std::string_view field_id) const {
    for (const FormPage& page : pages) {
        for (const FormField& field : page.fields) {
            if (field.id == field_id) return &field;
        }
    }
    return nullptr;
}

} // namespace vakant
