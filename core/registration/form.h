// vakant-form/1: a registration form as data (assets/forms/README.md describes the file). Read-only after
// reading: any thread may share one. No UI, no storage, no clock. Used by the kiosk's pages, by
// agency/registration and agency/candidates, and by `vakant form`.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

enum class Widget {
    text,
    name,
    telephone,
    email,
    number,
    date,
    month,
    long_text,
    choice,
    choices,
    suggest,      ///< one of a long list, found by typing
    suggest_many, ///< the same for several
    yes_no,
    fact, ///< shows a computed value
    group ///< questions that are answered as often as needed: `fields` are its questions
};
enum class Need { required, optional, hidden };

struct FormChoice {
    std::string value;
    std::string text_key;
    std::vector<std::string> only_for; ///< values of the field in `depends_on`; empty: for all
};

struct FormConstraint {
    Json rule;
    std::string text_key; ///< what to do where it does not hold
};

/// One item of a page: a question, or a group of questions.
struct FormField {
    std::string id;
    Widget widget = Widget::text;
    Need need = Need::optional;
    std::string label_key;
    std::string help_key;            ///< "" where there is none
    std::vector<FormChoice> choices; ///< of the choosing widgets; empty where `list` names a list outside
    std::string list;                ///< name in assets/lists, or ""
    std::string depends_on;          ///< the choosing field that narrows `choices`, or ""
    bool own_words = false;          ///< other words than the choices are taken too
    std::string passport_of;         ///< the name field whose Latin spelling this is, or ""
    std::string purpose_key;         ///< why a special category of data is asked, or ""
    std::string country;             ///< of telephone: two letters
    std::map<std::string, std::string, std::less<>> messages; ///< keyword of a problem -> text key
    std::vector<FormConstraint> constraints;
    Json visible_if; ///< JsonLogic over the answers; null: always
    Json required_if;
    Json computed;
    Json schema; ///< what an answer must be: the file's part of "data" and what the widget adds
    std::size_t max_length = 200; ///< code points, of texts

    // Of a group:
    std::vector<FormField> fields;
    std::string entry_key; ///< names one entry, {number} in it
    std::string add_key;
    std::size_t least_entries = 0, most_entries = 0;

    bool is_group() const { return widget == Widget::group; }
    bool is_choosing() const; ///< choice, choices, suggest, suggest_many
    bool takes_several() const { return widget == Widget::choices || widget == Widget::suggest_many; }
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
    std::string version;        ///< of the text
    std::string recipient;      ///< "" means the agency itself
    std::string recipient_kind; ///< "agency", "employer", "public_service", "training_provider"
    std::string retention;      ///< class, "pool-24-months"
    bool is_rule = false;       ///< a setting that protects and starts on; else a box that starts unticked
};

/// What is wrong with one answer. In order of preference its text is the field's own ("messages", or that of
/// the constraint), then "validation.<keyword>" of assets/strings.
struct FormProblem {
    std::string field;   ///< address: "email", or "jobs.3.employer" in entry 3 of a group
    std::string keyword; ///< "required", "maxLength", "pattern", "format.email", "constraint", ...
    std::int64_t limit = 0;
    std::string text_key; ///< the form's own text for it, or ""
};

class FormGraph;
struct FormSchemas;

/// A form file that was checked: every text there in every language, every rule and pattern understood, no
/// circle, nothing asked that must not be asked.
class FormDefinition {
public:
    /// Refused with path and reason ("pages[1].items[0].widget: ...").
    static Result<FormDefinition> from_json(const Json& json);

    std::string id, version, default_language;
    std::string country = "FI";
    std::string retention;         ///< class of the registration itself, or ""
    std::vector<std::string> uses; ///< "registration", "day", "interest", "application"
    std::vector<std::string> languages;
    std::string notice_key; ///< shown before the first field, recorded as shown
    std::string review_title_key, review_help_key;
    std::string thanks_key;
    std::int64_t contact_within_days = 0; ///< 0: not promised
    std::vector<FormPage> pages;
    std::vector<FormConsent> consents;
    std::string digest; ///< BLAKE2b-256 of the canonical JSON, lower-case hex

    /// The form's own text in `language`, else in its main language ("fi" of "fi-simple"), English, the
    /// form's default language; "" where there is none.
    std::string_view text(std::string_view key, std::string_view language) const;
    /// The notice as it is shown: {agency} becomes `agencies`, the names as the reader should see them.
    std::string notice_text(std::string_view language, std::string_view agencies) const;
    /// The form's own words for a problem, with its number put in; "" where the general text serves.
    std::string problem_text(const FormProblem& problem, std::string_view language) const;
    /// The name of the `number`-th entry (from 1) of a group: "Job 2".
    std::string entry_text(const FormField& group, std::size_t number, std::string_view language) const;
    /// By id, also inside groups; by address ("jobs.3.employer"), too.
    const FormField* find_field(std::string_view id_or_address) const;
    std::vector<std::string> unused_keys() const; ///< of i18n
    bool is_offered_for(std::string_view use) const;

    /// Who depends on whom. This and the following: for this folder.
    const FormGraph& graph() const { return *graph_; }
    const FormSchemas& schemas() const { return *schemas_; }
    const Json& data() const { return data_; } ///< as written

private:
    Outcome read_head(const Json& json);
    Outcome read_ends(const Json& json); ///< review and thanks
    Outcome read_pages(const Json& json);
    Outcome read_texts(const Json& i18n);
    Outcome compile_schemas();
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>
        texts_; ///< language, key
    std::shared_ptr<const FormGraph> graph_;
    std::shared_ptr<const FormSchemas> schemas_;
    Json data_;
};

/// For the backend and `vakant form validate`: the answers of a submission against its form. Besides what a
/// person can do wrong: "type" (not the JSON type of the widget), "hidden" (sent though it was not visible),
/// "unknown", "computed" (not the value that the rule gives). Addresses count a group's entries from 0.
std::vector<FormProblem> problems_of(const FormDefinition& form, const Json& answers);

/// Whether a recorded consent (an object of the submission's "consents") is for the text that the form shows
/// today in the language in which the person saw it.
bool consent_still_stands(const FormDefinition& form, const Json& record);

} // namespace vakant
