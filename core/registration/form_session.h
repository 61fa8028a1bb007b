// One person's way through a form: the answers, in locked memory. Used by the kiosk's pages; one thread.
//
// Answers go by address: "email" for a question, "jobs.3.employer" for the question of entry 3 of a group.
// Entry numbers count from 1 and are never used again while the person is there, so that a widget keeps its
// key when an entry before it is removed.
//
// Rules are followed incrementally: a changed answer re-evaluates the fields that depend on it and no others.
#pragma once

#include <cstdint>
#include <map>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/secret_arena.h"
#include "core/registration/form.h"

namespace vakant {

class FormSession {
public:
    /// `form` and `memory` (the kiosk's SecretArena) must outlive this. Groups begin with their least number
    /// of entries.
    FormSession(const FormDefinition& form, std::pmr::memory_resource& memory);

    const FormDefinition& form() const { return *form_; }
    std::string prompted_by_vacancy; ///< id, or ""
    bool is_application = false;     ///< to that vacancy, an own order; else a general registration
    std::string source = "walk-in";  ///< where the registration comes from: "walk-in", "day"
    std::string source_id;           ///< which day; "" for none

    /// As typed or chosen; several chosen values are joined by '\n'. "" where there is none.
    std::string_view answer(std::string_view address) const;
    std::vector<std::string> chosen(std::string_view address) const;
    /// Everything typed is kept until wipe(), also what is hidden later. An address that the form does not
    /// know changes nothing, and neither does what would go beyond 256 KB for all answers together. Several
    /// chosen values come joined by '\n'.
    void set_answer(std::string_view address, std::string_view value);
    void toggle_choice(std::string_view address, std::string_view value);
    /// The choices to offer now: those of the field, narrowed by what is chosen in `depends_on`.
    std::vector<const FormChoice*> offered_choices(std::string_view address) const;
    /// The value of a `fact`; null where it cannot be worked out.
    const Json& computed(std::string_view address) const;
    /// A date or month as the reader writes it ("23.11.2026"), any other answer as it is: what a field shows.
    std::string answer_for(std::string_view address, std::string_view language) const;

    const std::vector<std::uint32_t>& entries(std::string_view group) const; ///< numbers, in order
    /// The new entry's number; none where the group is full.
    std::optional<std::uint32_t> add_entry(std::string_view group);
    /// Forgets the entry and overwrites what was in it. Refused (false) at the least number of entries.
    bool remove_entry(std::string_view group, std::uint32_t entry);

    std::optional<bool>
    consent(std::string_view purpose) const; ///< none: not asked yet; boxes start unticked
    void set_consent(std::string_view purpose, bool given);
    /// Given, or else how it starts: a box off, a protecting rule on.
    bool consent_or_start(const FormConsent& consent) const;
    /// Records which notice was shown, in which language.
    void note_notice_shown(std::string_view language, UtcMs at);
    void note_consents_shown(std::string_view language, UtcMs at);
    bool notice_shown() const { return !notice_language_.empty(); }
    bool consents_shown() const { return !consents_language_.empty(); }

    bool is_visible(std::string_view address) const;
    bool is_required(std::string_view address) const;
    bool is_visible(const FormField& field) const { return is_visible(field.id); }
    bool is_required(const FormField& field) const { return is_required(field.id); }
    bool is_visible(const FormPage& page) const;
    /// Problems of the visible fields of one page, or of all visible pages.
    std::vector<FormProblem> problems_on(const FormPage& page) const;
    std::vector<FormProblem> problems() const;

    /// Whether somebody can call or write to this person. False only where the form asks for a telephone
    /// number or an e-mail address (outside groups: those in them are other people's) and has got neither.
    bool leaves_contact() const;

    /// {field: answer} of what is visible and answered, groups as arrays: what review shows and what is sent.
    Json answers() const;

    /// The submission: {"kind":"registration","form","version","digest","language","answers",
    /// "normalised":{telephone address: "+358..."}, "consents":[{purpose,recipient,recipient_kind,given,
    /// language,text_version,text_digest,at,form_version,retention}],"notice":{language,at,text_digest},
    /// "retention","source":{"kind","id"?},"vacancy":id or null,"application":bool,"reference","secret"}.
    /// Only where problems() is empty. Times are UTC milliseconds; digests are BLAKE2b-256 of the form's own
    /// text in that language. A consent whose text was never noted as shown is left out: nothing would prove
    /// it.
    Result<Json> submission(std::string_view language, std::string_view reference,
                            std::string_view secret) const;

    /// Everything, hidden answers included, for a draft that is parked: to be sealed, never kept in clear.
    Json draft() const;
    /// Takes a draft of the same or another version of this form into this fresh session: answers whose field
    /// is still there with the same kind of answer, consents and notice whose text is still the same. Returns
    /// the names of what was left out. Refused where it is no draft of this form.
    Result<std::vector<std::string>> resume(const Json& draft);

    /// Overwrites every answer and forgets whose they were. Before the arena itself is wiped.
    void wipe();

private:
    struct FieldState {
        bool visible = false;
        bool required = false;
        Json computed;
    };
    struct Entries {
        std::vector<std::uint32_t> numbers;
        std::uint32_t last = 0;
    };
    /// A question by its address; `entry` counts only inside a group.
    struct Place {
        const FormPage* page = nullptr;
        const FormField* group = nullptr;
        const FormField* field = nullptr;
        std::uint32_t entry = 0;
    };
    friend std::vector<FormProblem> problems_of(const FormDefinition& form, const Json& answers);

    std::optional<Place> find_place(std::string_view address) const;
    void begin_groups();
    void evaluate_all();
    void evaluate_after(std::string_view field_id);
    void evaluate_slot(std::size_t slot);
    void evaluate(const Place& place);
    bool holds(const Json& rule, const Place& place, bool otherwise) const;
    Json seen_from(const Place& place, const Json& rule) const; ///< the answers that a rule looks at
    void forget_below(std::string_view prefix);
    void keep(std::string_view address, std::string_view value);

    Json value_of(const FormField& field, std::string_view address) const;
    Json group_value(const FormField& group) const;
    Json entry_value(const FormField& group, std::uint32_t entry) const;
    bool is_blank(const FormField& group, std::uint32_t entry) const;
    bool is_asked(const FormField& group, std::uint32_t entry) const; ///< its required questions count
    std::optional<std::vector<std::string>> offered_values(const Place& place) const;
    Json normalised_json() const;
    Json consents_json() const;
    Json notice_json() const;
    void check(const Place& place, std::vector<FormProblem>& problems) const;
    void check_item(const FormPage& page, const FormField& item, std::vector<FormProblem>& problems) const;
    void check_whole(std::vector<FormProblem>& problems) const;
    void take_draft_answers(const Json& draft, std::vector<std::string>& left_out);

    const FormDefinition* form_;
    std::pmr::memory_resource* memory_;
    std::pmr::map<SecretString, SecretString, std::less<>> answers_; ///< by address
    std::size_t typed_bytes_ = 0;
    std::map<std::string, FieldState, std::less<>> states_; ///< by address
    std::map<std::string, Entries, std::less<>> entries_;   ///< by group
    std::map<std::string, bool, std::less<>> consents_;
    std::string notice_language_, consents_language_;
    UtcMs notice_at_ = 0, consents_at_ = 0;
};

/// "jobs.3.employer"
std::string address_in(std::string_view group, std::uint32_t entry, std::string_view field);

} // namespace vakant
