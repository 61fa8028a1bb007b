#include "core/registration/form_authoring.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/registration/form_reach.h"
#include "core/registration/form_reader.h"
#include "core/registration/retention.h"

namespace vakant {
namespace {

constexpr std::size_t longest_label = 120; ///< code points that still fit three lines of large text
constexpr std::size_t most_shown_choices = 15;

using Warnings = std::vector<std::string>;

std::string path_of(const FormGraph::Slot& slot) {
    const std::string path = item_path(item_path("pages", slot.page) + ".items", slot.item);
    return slot.part == FormGraph::Slot::none ? path : item_path(path + ".items", slot.part);
}

/// A field that is asked at all, whether it can show.
Outcome check_reach(const FormDefinition& form, Warnings& warnings) {
    std::vector<bool> reached(form.pages.size(), false);
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        // A page that is all hidden was hidden on purpose.
        const auto& fields = form.pages[p].fields;
        reached[p] = std::all_of(fields.begin(), fields.end(),
                                 [](const FormField& field) { return field.need == Need::hidden; });
    }
    for (const FormGraph::Slot& slot : form.graph().slots()) {
        const FormField& field = FormGraph::field_of(form, slot);
        const bool hidden = field.need == Need::hidden || FormGraph::item_of(form, slot).need == Need::hidden;
        if (hidden) continue;
        const Reach reach = reach_of(form, slot);
        if (reach == Reach::never && (field.need == Need::required || !field.required_if.is_null())) {
            return invalid_input(path_of(slot) + ": \"" + field.id + "\" is required and can never show");
        }
        if (reach != Reach::never) reached[slot.page] = true;
        if (reach == Reach::never) {
            warnings.push_back(path_of(slot) + ": \"" + field.id + "\" can never show");
        } else if (reach == Reach::not_found) {
            warnings.push_back(path_of(slot) + ": no answers were found that show \"" + field.id + "\"");
        }
    }
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        if (!reached[p]) return invalid_input(item_path("pages", p) + ": can never be reached");
    }
    return done();
}

/// A text that promises a number of months promises those of the class.
Outcome check_months(const FormDefinition& form, const std::string& key, const std::string& path,
                     const std::string& retention) {
    if (retention.empty()) return done();
    for (const std::string& language : form.languages) {
        const std::vector<int> named = months_named(form.text(key, language));
        if (named.empty() || std::find(named.begin(), named.end(), months_of(retention)) != named.end())
            continue;
        return invalid_input(path + ": says " + std::to_string(named.front()) + " months in " + language +
                             ", the retention is " + retention);
    }
    return done();
}

Outcome check_retention(const FormDefinition& form) {
    VAKANT_CHECK(check_months(form, form.notice_key, "notice_key", form.retention));
    for (std::size_t i = 0; i < form.consents.size(); ++i) {
        const FormConsent& consent = form.consents[i];
        VAKANT_CHECK(
            check_months(form, consent.text_key, item_path("consents", i) + ".text_key", consent.retention));
    }
    return done();
}

std::string main_language(std::string_view language) {
    return std::string(language.substr(0, language.find('-')));
}

void compare_languages(const FormDefinition& form, const std::string& key, const std::string& path,
                       Warnings& warnings) {
    if (key.empty()) return;
    for (std::size_t i = 0; i < form.languages.size(); ++i) {
        const std::string_view text = form.text(key, form.languages[i]);
        // One word is often the same in two languages ("Internet"); a sentence is not.
        if (text.size() < 12 || text.find(' ') == text.npos) continue;
        for (std::size_t j = 0; j < i; ++j) {
            const bool related = main_language(form.languages[i]) == main_language(form.languages[j]);
            if (related || form.text(key, form.languages[j]) != text) continue;
            warnings.push_back(path + ": the same text in " + form.languages[j] + " and " +
                               form.languages[i]);
        }
    }
}

/// What stands in braces is a slip of the pen, but for what the program puts in there.
void look_at_placeholders(const FormDefinition& form, const std::string& key, const std::string& path,
                          std::string_view known, Warnings& warnings) {
    for (const std::string& language : form.languages) {
        const std::string_view text = form.text(key, language);
        for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
            const std::size_t end = text.find('}', at);
            if (end == text.npos) break;
            const std::string_view braced = text.substr(at, end + 1 - at);
            if (braced == known) continue;
            warnings.push_back(path + ": nothing takes the place of " + std::string(braced) + " in " +
                               language);
        }
    }
}

/// Rules of the file's "data" that no general text can explain.
void look_at_explanations(const FormField& field, const std::string& path, Warnings& warnings) {
    for (const std::string_view keyword : {"pattern", "const", "not", "anyOf", "oneOf"}) {
        if (!field.schema.contains(keyword) || field.messages.contains(keyword)) continue;
        warnings.push_back(path + ".messages: no text says what to do where \"" + std::string(keyword) +
                           "\" does not hold");
    }
}

/// Where no answer at all can be right, nobody can send the form.
Outcome check_satisfiable(const FormField& field, const std::string& path) {
    const Json& schema = field.schema;
    if (schema["enum"].is_array() && schema["enum"].size() == 0)
        return invalid_input(path + ": \"" + field.id + "\" has an empty enum: no answer is right");
    static constexpr std::pair<std::string_view, std::string_view> bounds[] = {
        {"minLength", "maxLength"}, {"minItems", "maxItems"}, {"minimum", "maximum"}};
    for (const auto& [least, most] : bounds) {
        if (schema.contains(least) && schema.contains(most) &&
            schema[least].number_or(0) > schema[most].number_or(0)) {
            return invalid_input(path + ": \"" + field.id + "\" has a " + std::string(least) + " above its " +
                                 std::string(most) + ": no answer is right");
        }
    }
    for (std::size_t i = 0; i < field.fields.size(); ++i)
        VAKANT_CHECK(check_satisfiable(field.fields[i], item_path(path + ".items", i)));
    return done();
}

void look_at_field(const FormDefinition& form, const FormField& field, const std::string& path,
                   Warnings& warnings) {
    compare_languages(form, field.label_key, path + ".label_key", warnings);
    compare_languages(form, field.help_key, path + ".help_key", warnings);
    look_at_placeholders(form, field.label_key, path + ".label_key", "", warnings);
    look_at_placeholders(form, field.help_key, path + ".help_key", "", warnings);
    look_at_placeholders(form, field.entry_key, path + ".entry_key", "{number}", warnings);
    look_at_explanations(field, path, warnings);
    for (const std::string& language : form.languages) {
        if (code_point_count(form.text(field.label_key, language)) > longest_label) {
            warnings.push_back(path + ".label_key: longer than " + std::to_string(longest_label) +
                               " characters in " + language + "; the rest belongs into help_key");
        }
    }
    const bool all_shown = field.widget == Widget::choice || field.widget == Widget::choices;
    if (all_shown && field.choices.size() > most_shown_choices) {
        warnings.push_back(path + ".widget: " + std::to_string(field.choices.size()) +
                           " choices at once; suggest or suggest_many finds them by typing");
    }
    if (!field.purpose_key.empty()) {
        warnings.push_back(path +
                           ".purpose_key: a special category of personal data; necessary for the work?");
    }
    for (std::size_t i = 0; i < field.fields.size(); ++i)
        look_at_field(form, field.fields[i], item_path(path + ".items", i), warnings);
}

} // namespace

Result<Warnings> check_as_author(const FormDefinition& form) {
    Warnings warnings;
    VAKANT_CHECK(check_reach(form, warnings));
    VAKANT_CHECK(check_retention(form));
    compare_languages(form, form.notice_key, "notice_key", warnings);
    look_at_placeholders(form, form.notice_key, "notice_key", "{agency}", warnings);
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        const std::string path = item_path("pages", p);
        compare_languages(form, form.pages[p].title_key, path + ".title_key", warnings);
        look_at_placeholders(form, form.pages[p].title_key, path + ".title_key", "", warnings);
        for (std::size_t i = 0; i < form.pages[p].fields.size(); ++i) {
            const std::string item = item_path(path + ".items", i);
            VAKANT_CHECK(check_satisfiable(form.pages[p].fields[i], item));
            look_at_field(form, form.pages[p].fields[i], item, warnings);
        }
    }
    for (std::size_t i = 0; i < form.consents.size(); ++i)
        compare_languages(form, form.consents[i].text_key, item_path("consents", i) + ".text_key", warnings);
    for (const std::string& key : form.unused_keys())
        warnings.push_back("i18n: nothing uses \"" + key + "\"");
    return warnings;
}

} // namespace vakant
