// Reads a vakant-form/1 file and refuses, with path and reason, what would go wrong later at the kiosk.
#include <algorithm>
#include <set>

#include "core/crypto/crypto.h"
#include "core/registration/forbidden_questions.h"
#include "core/registration/form.h"
#include "core/registration/form_graph.h"
#include "core/registration/form_reader.h"
#include "core/registration/retention.h"
#include "core/text/text.h"

namespace vakant {
namespace {

constexpr std::size_t most_fields = 500;
constexpr std::string_view asking_first = "ask_before_each_employer";

Result<FormPage> read_page(const Json& json, const Json& form, const std::string& path) {
    VAKANT_CHECK(only_members(json, path, {"id", "title_key", "help_key", "visible_if", "items"}));
    FormPage page;
    VAKANT_TRY(id, text_member(json, path, "id"));
    VAKANT_TRY(title, text_member(json, path, "title_key"));
    VAKANT_TRY(help, optional_text(json, path, "help_key"));
    VAKANT_TRY(visible_if, rule_member(json, path, "visible_if"));
    page.id = std::move(id);
    page.title_key = std::move(title);
    page.help_key = std::move(help);
    page.visible_if = std::move(visible_if);
    const Json& items = json["items"];
    if (!items.is_array() || items.size() == 0)
        return invalid_input(path + ".items: must be a list of questions");
    for (std::size_t i = 0; i < items.size(); ++i) {
        VAKANT_TRY(item, item_of(items[i], form, item_path(path + ".items", i)));
        page.fields.push_back(std::move(item));
    }
    return page;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> known) {
    return std::find(known.begin(), known.end(), word) != known.end();
}

/// The consent that lets an agency find the person again later: kept longer than the others by custom.
constexpr std::string_view pool_purpose = "talent_pool";

Result<FormConsent> read_consent(const Json& json, const std::string& path, const FormDefinition& form) {
    VAKANT_CHECK(only_members(
        json, path, {"purpose", "text_key", "version", "recipient", "recipient_kind", "retention", "kind"}));
    FormConsent consent;
    VAKANT_TRY(purpose, text_member(json, path, "purpose"));
    VAKANT_TRY(key, text_member(json, path, "text_key"));
    VAKANT_TRY(version, optional_text(json, path, "version"));
    VAKANT_TRY(recipient, optional_text(json, path, "recipient"));
    VAKANT_TRY(recipient_kind, optional_text(json, path, "recipient_kind"));
    VAKANT_TRY(retention, optional_text(json, path, "retention"));
    VAKANT_TRY(kind, optional_text(json, path, "kind"));
    if (!is_one_of(recipient_kind, {"", "agency", "employer", "public_service", "training_provider"})) {
        return invalid_input(path + ".recipient_kind: \"" + recipient_kind + "\" is not known");
    }
    if (recipient.empty() && !recipient_kind.empty() && recipient_kind != "agency") {
        return invalid_input(path + ".recipient: missing; who is the " + recipient_kind + "?");
    }
    if (retention.empty()) retention = usual_retention(form.country, purpose == pool_purpose);
    if (retention.empty())
        return invalid_input(path + ".retention: nothing is usual in " + form.country +
                             ", so it must be said");
    if (!is_retention_class(retention)) {
        return invalid_input(path + ".retention: \"" + retention + "\" is no class like \"pool-24-months\"");
    }
    if (!is_one_of(kind, {"", "box", "rule"})) {
        return invalid_input(path + ".kind: \"" + kind + "\" is none of box, rule");
    }
    if (kind == "rule" && purpose != asking_first) {
        return invalid_input(path + ".kind: a box that is ticked beforehand is no consent; only \"" +
                             std::string(asking_first) + "\" protects and may be a rule");
    }
    consent.purpose = std::move(purpose);
    consent.text_key = std::move(key);
    consent.version = version.empty() ? form.version : version;
    consent.recipient = std::move(recipient);
    consent.recipient_kind = recipient_kind.empty() ? "agency" : recipient_kind;
    consent.retention = std::move(retention);
    consent.is_rule = kind == "rule";
    return consent;
}

using Keys = std::vector<std::pair<std::string, std::string>>; ///< key, path that uses it

void add_field_keys(const FormField& field, const std::string& path, Keys& keys) {
    const std::pair<std::string_view, const std::string*> own[] = {{".label_key", &field.label_key},
                                                                   {".help_key", &field.help_key},
                                                                   {".purpose_key", &field.purpose_key},
                                                                   {".entry_key", &field.entry_key},
                                                                   {".add_key", &field.add_key}};
    for (const auto& [member, key] : own) {
        if (!key->empty()) keys.emplace_back(*key, path + std::string(member));
    }
    for (const auto& [keyword, key] : field.messages)
        keys.emplace_back(key, path + ".messages." + keyword);
    for (const FormConstraint& constraint : field.constraints)
        keys.emplace_back(constraint.text_key, path + ".constraints");
    for (const FormChoice& choice : field.choices)
        keys.emplace_back(choice.text_key, path + ".choices");
    for (std::size_t i = 0; i < field.fields.size(); ++i)
        add_field_keys(field.fields[i], item_path(path + ".items", i), keys);
}

/// Every key that the form uses, with the path that uses it.
Keys used_keys(const FormDefinition& form) {
    Keys keys{{form.notice_key, "notice_key"}};
    const auto add = [&keys](const std::string& key, const std::string& path) {
        if (!key.empty()) keys.emplace_back(key, path);
    };
    add(form.review_title_key, "review.title_key");
    add(form.review_help_key, "review.help_key");
    add(form.thanks_key, "thanks.text_key");
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        const std::string path = item_path("pages", p);
        add(form.pages[p].title_key, path + ".title_key");
        add(form.pages[p].help_key, path + ".help_key");
        for (std::size_t i = 0; i < form.pages[p].fields.size(); ++i)
            add_field_keys(form.pages[p].fields[i], item_path(path + ".items", i), keys);
    }
    for (std::size_t i = 0; i < form.consents.size(); ++i)
        add(form.consents[i].text_key, item_path("consents", i) + ".text_key");
    return keys;
}

/// The field's own messages are ICU messages; the form's other texts are plain.
Outcome check_messages(const FormDefinition& form, const FormField& field, const std::string& path) {
    const auto check = [&](const std::string& key, const std::string& where) -> Outcome {
        for (const std::string& language : form.languages) {
            const Outcome checked = check_message(form.text(key, language), language);
            if (!checked.ok()) return at(where + " in " + language, checked.error());
        }
        return done();
    };
    for (const auto& [keyword, key] : field.messages)
        VAKANT_CHECK(check(key, path + ".messages." + keyword));
    for (const FormConstraint& constraint : field.constraints)
        VAKANT_CHECK(check(constraint.text_key, path + ".constraints"));
    if (!field.entry_key.empty()) VAKANT_CHECK(check(field.entry_key, path + ".entry_key"));
    for (std::size_t i = 0; i < field.fields.size(); ++i)
        VAKANT_CHECK(check_messages(form, field.fields[i], item_path(path + ".items", i)));
    return done();
}

} // namespace

Result<FormDefinition> FormDefinition::from_json(const Json& json) {
    VAKANT_CHECK(only_members(json, "",
                              {"format", "id", "version", "uses", "country", "default_language", "languages",
                               "notice_key", "retention", "data", "pages", "lists", "consents", "review",
                               "thanks", "i18n"}));
    VAKANT_TRY(format, text_member(json, "", "format"));
    if (format != "vakant-form/1") {
        return Error{ErrorKind::unsupported, "format: \"" + format + "\", not \"vakant-form/1\""};
    }
    FormDefinition form;
    VAKANT_CHECK(form.read_head(json));
    VAKANT_CHECK(form.read_ends(json));
    VAKANT_CHECK(form.read_pages(json));
    for (std::size_t i = 0; i < json["consents"].size(); ++i) {
        VAKANT_TRY(consent, read_consent(json["consents"][i], item_path("consents", i), form));
        for (const FormConsent& other : form.consents) {
            if (other.purpose == consent.purpose) {
                return invalid_input(item_path("consents", i) + ".purpose: \"" + consent.purpose +
                                     "\" is there twice");
            }
        }
        form.consents.push_back(std::move(consent));
    }
    VAKANT_TRY(graph, FormGraph::of(form));
    form.graph_ = std::make_shared<const FormGraph>(std::move(graph));
    VAKANT_CHECK(form.compile_schemas());
    VAKANT_CHECK(form.read_texts(json["i18n"]));
    VAKANT_CHECK(check_forbidden_questions(form));
    form.digest = blake2b_hex(json.to_canonical_text());
    return form;
}

Outcome FormDefinition::read_head(const Json& json) {
    VAKANT_TRY(form_id, text_member(json, "", "id"));
    VAKANT_TRY(form_version, text_member(json, "", "version"));
    VAKANT_TRY(language, text_member(json, "", "default_language"));
    VAKANT_TRY(notice, text_member(json, "", "notice_key"));
    VAKANT_TRY(form_country, optional_text(json, "", "country"));
    VAKANT_TRY(form_retention, optional_text(json, "", "retention"));
    id = std::move(form_id);
    version = std::move(form_version);
    default_language = std::move(language);
    notice_key = std::move(notice);
    if (!form_country.empty()) country = form_country;
    if (!is_country(country)) return invalid_input("country: two capital letters");
    if (!form_retention.empty() && !is_retention_class(form_retention)) {
        return invalid_input("retention: \"" + form_retention + "\" is no class like \"job-12-months\"");
    }
    retention = form_retention.empty() ? usual_retention(country, false) : form_retention;
    for (const Json& use : json["uses"].items()) {
        if (!is_one_of(use.text(), {"registration", "day", "interest", "application"})) {
            return invalid_input("uses: \"" + std::string(use.text()) + "\" is not known");
        }
        uses.emplace_back(use.text());
    }
    if (uses.empty()) uses.emplace_back("registration");
    for (const Json& item : json["languages"].items()) {
        if (!item.is_string() || item.text().empty())
            return invalid_input("languages: must be a list of languages");
        languages.emplace_back(item.text());
    }
    if (std::find(languages.begin(), languages.end(), default_language) == languages.end()) {
        return invalid_input("default_language: \"" + default_language + "\" is not among languages");
    }
    return done();
}

Outcome FormDefinition::read_ends(const Json& json) {
    if (json.contains("review")) {
        VAKANT_CHECK(only_members(json["review"], "review", {"title_key", "help_key"}));
        VAKANT_TRY(title, optional_text(json["review"], "review", "title_key"));
        VAKANT_TRY(help, optional_text(json["review"], "review", "help_key"));
        review_title_key = std::move(title);
        review_help_key = std::move(help);
    }
    if (json.contains("thanks")) {
        VAKANT_CHECK(only_members(json["thanks"], "thanks", {"text_key", "within_days"}));
        VAKANT_TRY(text, optional_text(json["thanks"], "thanks", "text_key"));
        VAKANT_TRY(days, whole_member(json["thanks"], "thanks", "within_days", 0, 1, 60));
        thanks_key = std::move(text);
        contact_within_days = days;
    }
    return done();
}

Outcome FormDefinition::read_pages(const Json& json) {
    data_ = json["data"];
    if (!data_["properties"].is_object()) return invalid_input("data.properties: must be an object");
    for (const std::string_view name : {"required", "additionalProperties"}) {
        if (data_.contains(name)) {
            return invalid_input(member_path("data", name) +
                                 ": \"need\" says what is required, and nothing else is accepted");
        }
    }
    const Json& list = json["pages"];
    if (!list.is_array() || list.size() == 0) return invalid_input("pages: must be a list of pages");
    std::set<std::string, std::less<>> page_ids, asked;
    for (std::size_t p = 0; p < list.size(); ++p) {
        const std::string path = item_path("pages", p);
        VAKANT_TRY(page, read_page(list[p], json, path));
        if (!page_ids.insert(page.id).second) return invalid_input(path + ".id: there twice");
        for (std::size_t i = 0; i < page.fields.size(); ++i) {
            const std::string where = item_path(path + ".items", i);
            if (!asked.insert(page.fields[i].id).second) return invalid_input(where + ".field: asked twice");
            for (const FormField& part : page.fields[i].fields) {
                if (!asked.insert(part.id).second)
                    return invalid_input(where + ": \"" + part.id + "\" is asked twice");
            }
        }
        pages.push_back(std::move(page));
    }
    if (asked.size() > most_fields) return invalid_input("pages: more than 500 fields");
    for (const Json::Member& property : data_["properties"].members()) {
        if (!asked.contains(property.first)) {
            return invalid_input("data.properties." + property.first +
                                 ": on no page, so nobody can answer it");
        }
    }
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
    for (const auto& [language, texts] : i18n.members()) {
        if (!texts_.contains(language)) {
            return invalid_input("i18n." + language + ": not among languages, so nobody reads it");
        }
    }
    for (const auto& [key, path] : used_keys(*this)) {
        for (const std::string& language : languages) {
            if (!texts_[language].contains(key)) {
                return invalid_input(path + ": \"" + key + "\" has no text in " + language);
            }
        }
    }
    for (std::size_t p = 0; p < pages.size(); ++p) {
        for (std::size_t i = 0; i < pages[p].fields.size(); ++i) {
            VAKANT_CHECK(
                check_messages(*this, pages[p].fields[i], item_path(item_path("pages", p) + ".items", i)));
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

std::string FormDefinition::problem_text(const FormProblem& problem, std::string_view language) const {
    if (problem.text_key.empty()) return "";
    auto words = format_message(text(problem.text_key, language), language, {{"limit", problem.limit}});
    return words.ok() ? std::move(words).value() : std::string(text(problem.text_key, language));
}

std::string FormDefinition::entry_text(const FormField& group, std::size_t number,
                                       std::string_view language) const {
    const std::string_view pattern = text(group.entry_key, language);
    auto words = format_message(pattern, language, {{"number", static_cast<std::int64_t>(number)}});
    return words.ok() ? std::move(words).value() : std::string(pattern);
}

const FormField* FormDefinition::find_field(std::string_view id_or_address) const {
    const std::size_t dot = id_or_address.rfind('.');
    const std::string_view field = dot == id_or_address.npos ? id_or_address : id_or_address.substr(dot + 1);
    for (const FormPage& page : pages) {
        for (const FormField& item : page.fields) {
            if (item.id == field) return &item;
            for (const FormField& part : item.fields) {
                if (part.id == field) return &part;
            }
        }
    }
    return nullptr;
}

bool FormDefinition::is_offered_for(std::string_view use) const {
    return std::find(uses.begin(), uses.end(), use) != uses.end();
}

std::vector<std::string> FormDefinition::unused_keys() const {
    std::set<std::string, std::less<>> used, unused;
    for (const auto& [key, path] : used_keys(*this))
        used.insert(key);
    for (const auto& [language, texts] : texts_) {
        for (const auto& [key, text] : texts) {
            if (!used.contains(key)) unused.insert(key);
        }
    }
    return {unused.begin(), unused.end()};
}

} // namespace vakant
