// vakant-form/1: a registration form as data, and one person's way through it. No UI, no storage, no clock.
#pragma once

#include <functional>
#include <map>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret_arena.h"
#include "core/json/json.h"

namespace vakant {

enum class Widget { text, telephone, email, number, date, long_text, choice, choices, yes_no };
enum class Need { required, optional, hidden };

struct FormChoice {
    std::string value;
    std::string text_key;
};

struct FormField {
    std::string id;
    Widget widget = Widget::text;
    Need need = Need::optional;
    std::string label_key;
    std::string help_key;            ///< "" where there is none
    std::vector<FormChoice> choices; ///< of choice and choices
    Json visible_if;                 ///< JsonLogic over the answers; null: always
    Json required_if;
    Json schema;                  ///< the field's part of "data": type, maxLength, pattern, ...
    std::size_t max_length = 200; ///< code points
};

struct FormPage {
    std::string id;
    std::string title_key;
    std::string help_key;
    std::vector<FormField> fields;
    Json visible_if;
};

struct FormConsent {
    std::string purpose; ///< "talent_pool"
    std::string text_key;
    std::string recipient; ///< "" means the agency itself
    std::string retention; ///< class, e.g. "pool-24-months"
};

/// A form file, checked (assets/forms/README.md describes it): every text there in every language, every
/// field reachable, patterns that RE2 takes.
class FormDefinition {
public:
    /// Refused with path and reason ("pages[1].items[0].widget: ...").
    static Result<FormDefinition> from_json(const Json& json);

    std::string id, version, default_language;
    std::vector<std::string> languages;
    std::string notice_key; ///< shown before the first field, recorded as shown
    std::vector<FormPage> pages;
    std::vector<FormConsent> consents;
    std::string digest; ///< BLAKE2b-256 of the canonical JSON, lower-case hex

    /// The form's own text in `language`, else in the default language.
    std::string_view text(std::string_view key, std::string_view language) const;
    /// The notice as it is shown: {agency} becomes `agencies`, the names as the reader should see them.
    std::string notice_text(std::string_view language, std::string_view agencies) const;
    const FormField* find_field(std::string_view id) const;

private:
    Outcome read_head(const Json& json);
    Outcome read_texts(const Json& i18n);
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>
        texts_; ///< language, key
};

/// What is wrong with one answer; `keyword` picks the text "validation.<keyword>" with `limit` as its number.
struct FormProblem {
    std::string field;
    std::string keyword; ///< "required", "maxLength", "pattern", "format.email", "format.telephone", ...
    std::int64_t limit = 0;
};

/// One person's answers, in locked memory. Everything typed is kept until wipe(), also what is hidden now.
class FormSession {
public:
    /// `form` and `arena` must outlive this. `vacancy_id`: the advertisement that prompted it, or "".
    FormSession(const FormDefinition& form, SecretArena& arena);

    const FormDefinition& form() const { return *form_; }
    std::string prompted_by_vacancy; ///< id, or ""
    bool is_application = false;     ///< to that vacancy, an own order; else a general registration

    std::string_view answer(std::string_view field) const; ///< choices: values joined by '\n'
    std::vector<std::string> chosen(std::string_view field) const;
    void set_answer(std::string_view field, std::string_view value);
    void toggle_choice(std::string_view field, std::string_view value);
    std::optional<bool>
    consent(std::string_view purpose) const; ///< none: not asked yet; boxes start unticked
    void set_consent(std::string_view purpose, bool given);
    /// Records which notice was shown, in which language.
    void note_notice_shown(std::string_view language, UtcMs at);
    void note_consents_shown(std::string_view language, UtcMs at);

    bool is_visible(const FormField& field) const;
    bool is_visible(const FormPage& page) const;
    bool is_required(const FormField& field) const;
    /// Problems of the visible fields of one page, or of all visible pages.
    std::vector<FormProblem> problems_on(const FormPage& page) const;
    std::vector<FormProblem> problems() const;

    /// The submission: {"kind":"registration","form","version","digest","language","answers":{visible fields
    /// only},
    /// "consents":[{purpose,recipient,given,language,text_digest,at,form_version,retention}],"notice":{...},
    /// "source":{"kind":"walk-in"},"vacancy":id or null,"application":bool,"reference":...}. Only where
    /// problems() is empty. Times are UTC milliseconds; digests are BLAKE2b-256 of the form's own text in
    /// that language. A consent whose text was never noted as shown is left out: nothing would prove it.
    Result<Json> submission(std::string_view language, std::string_view reference,
                            std::string_view secret) const;

    /// Overwrites every answer and forgets whose they were. Before the arena itself is wiped.
    void wipe();

private:
    Json answers_json() const; ///< of the visible fields
    Json consents_json() const;
    Json answer_as_json(const FormField& field) const;
    const FormDefinition* form_;
    SecretArena* arena_;
    std::pmr::map<SecretString, SecretString, std::less<>> answers_;
    std::map<std::string, bool, std::less<>> consents_;
    std::string notice_language_, consents_language_;
    UtcMs notice_at_ = 0, consents_at_ = 0;
};

/// Evaluates a JsonLogic rule over data: the first operators (var == != === !== < <= > >= and or ! !! in if
/// count). At most 1,000 steps; an unknown operator is refused by name.
Result<Json> evaluate_logic(const Json& rule, const Json& data);

/// For the backend and `vakant form validate`: the answers of a submission against its form. Besides what a
/// person can do wrong: "type" (not the JSON type of the widget), "hidden" (sent though it was not visible),
/// "unknown".
std::vector<FormProblem> problems_of(const FormDefinition& form, const Json& answers);

} // namespace vakant
