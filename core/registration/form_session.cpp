#include <algorithm>
#include <charconv>

#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/registration/form.h"
#include "core/registration/form_rules.h"

namespace vakant {
namespace {

/// The answer's lines, each a chosen value.
std::vector<std::string_view> values_in(std::string_view answer) {
    std::vector<std::string_view> values;
    while (!answer.empty()) {
        const std::size_t end = answer.find('\n');
        values.push_back(answer.substr(0, end));
        answer = end == answer.npos ? "" : answer.substr(end + 1);
    }
    return values;
}

/// One given answer, not empty, as it stands in "answers".
Json json_of(const FormField& field, std::string_view answer) {
    if (field.widget == Widget::choices) {
        Json list = Json::array();
        for (const std::string_view value : values_in(answer))
            list.push(value);
        return list;
    }
    if (field.widget == Widget::yes_no) return answer == "true";
    if (field.widget == Widget::number) {
        double number = 0;
        const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
        const bool whole = number == static_cast<double>(static_cast<std::int64_t>(number));
        if (error != std::errc() || end != answer.data() + answer.size()) return answer;
        return whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
    }
    return answer;
}

} // namespace

FormSession::FormSession(const FormDefinition& form, SecretArena& arena)
    : form_(&form), arena_(&arena), answers_(&arena) {}

std::string_view FormSession::answer(std::string_view field) const {
    const auto found = answers_.find(field);
    return found == answers_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string> FormSession::chosen(std::string_view field) const {
    std::vector<std::string> values;
    for (const std::string_view value : values_in(answer(field)))
        values.emplace_back(value);
    return values;
}

void FormSession::set_answer(std::string_view field_id, std::string_view value) {
    const FormField* field = form_->find_field(field_id);
    if (!field) return;
    // A little more than allowed is kept, so that the person is told instead of losing the end unseen; never
    // so much that the locked memory could run out.
    if (field->widget != Widget::choices) value = first_code_points(value, field->max_length + 50);
    const auto found = answers_.find(field_id);
    if (found != answers_.end()) {
        found->second.assign(value);
    } else {
        answers_.emplace(SecretString(field_id, arena_), SecretString(value, arena_));
    }
}

void FormSession::toggle_choice(std::string_view field_id, std::string_view value) {
    const FormField* field = form_->find_field(field_id);
    if (!field || field->widget != Widget::choices) return set_answer(field_id, value);
    const std::vector<std::string> before = chosen(field_id);
    // In the order of the form, so that equal choices give equal answers.
    SecretString after(arena_);
    for (const FormChoice& choice : field->choices) {
        const bool was = std::find(before.begin(), before.end(), choice.value) != before.end();
        if (was == (choice.value == value)) continue;
        if (!after.empty()) after += '\n';
        after += choice.value;
    }
    set_answer(field_id, after);
}

std::optional<bool> FormSession::consent(std::string_view purpose) const {
    const auto found = consents_.find(purpose);
    if (found == consents_.end()) return std::nullopt;
    return found->second;
}

void FormSession::set_consent(std::string_view purpose, bool given) {
    consents_.insert_or_assign(std::string(purpose), given);
}

void FormSession::note_notice_shown(std::string_view language, UtcMs at) {
    notice_language_ = language;
    notice_at_ = at;
}

void FormSession::note_consents_shown(std::string_view language, UtcMs at) {
    consents_language_ = language;
    consents_at_ = at;
}

Json FormSession::answer_as_json(const FormField& field) const {
    const std::string_view given = trimmed(answer(field.id));
    return given.empty() ? Json() : json_of(field, given);
}

bool FormSession::is_visible(const FormField& field) const {
    return Visibility(*form_, [this](const FormField& other) { return answer_as_json(other); }).shows(field);
}

bool FormSession::is_visible(const FormPage& page) const {
    return Visibility(*form_, [this](const FormField& other) { return answer_as_json(other); }).shows(page);
}

bool FormSession::is_required(const FormField& field) const {
    return Visibility(*form_, [this](const FormField& other) { return answer_as_json(other); })
        .requires_answer(field);
}

std::vector<FormProblem> FormSession::problems_on(const FormPage& page) const {
    std::vector<FormProblem> problems;
    for (const FormField& field : page.fields) {
        if (!is_visible(field)) continue;
        const std::string_view given = trimmed(answer(field.id));
        if (given.empty()) {
            if (is_required(field)) problems.push_back({field.id, "required", 0});
        } else if (holds_one_text(field.widget)) {
            check_value(field, {given}, problems);
        } else {
            check_value(field, values_in(given), problems);
        }
    }
    return problems;
}

std::vector<FormProblem> FormSession::problems() const {
    std::vector<FormProblem> problems;
    for (const FormPage& page : form_->pages) {
        for (FormProblem& problem : problems_on(page))
            problems.push_back(std::move(problem));
    }
    return problems;
}

Json FormSession::answers_json() const {
    Json answers = Json::object();
    for (const FormPage& page : form_->pages) {
        for (const FormField& field : page.fields) {
            if (!is_visible(field)) continue;
            Json answer = answer_as_json(field);
            if (!answer.is_null()) answers.set(field.id, std::move(answer));
        }
    }
    return answers;
}

Json FormSession::consents_json() const {
    Json records = Json::array();
    if (consents_language_.empty()) return records;
    for (const FormConsent& asked : form_->consents) {
        records.push(
            Json::object({{"purpose", asked.purpose},
                          {"recipient", asked.recipient},
                          {"given", consent(asked.purpose).value_or(false)},
                          {"language", consents_language_},
                          {"text_digest", blake2b_hex(form_->text(asked.text_key, consents_language_))},
                          {"at", consents_at_},
                          {"form_version", form_->version},
                          {"retention", asked.retention}}));
    }
    return records;
}

Result<Json> FormSession::submission(std::string_view language, std::string_view reference,
                                     std::string_view secret) const {
    const std::vector<FormProblem> wrong = problems();
    if (!wrong.empty()) return refused("answers." + wrong[0].field + ": " + wrong[0].keyword);
    Json notice;
    if (!notice_language_.empty()) {
        notice =
            Json::object({{"language", notice_language_},
                          {"at", notice_at_},
                          {"text_digest", blake2b_hex(form_->text(form_->notice_key, notice_language_))}});
    }
    const bool has_vacancy = !prompted_by_vacancy.empty();
    return Json::object({{"kind", "registration"},
                         {"form", form_->id},
                         {"version", form_->version},
                         {"digest", form_->digest},
                         {"language", language},
                         {"answers", answers_json()},
                         {"consents", consents_json()},
                         {"notice", std::move(notice)},
                         {"source", Json::object({{"kind", "walk-in"}})},
                         {"vacancy", has_vacancy ? Json(prompted_by_vacancy) : Json()},
                         {"application", has_vacancy && is_application},
                         {"reference", reference},
                         {"secret", secret}});
}

void FormSession::wipe() {
    answers_.clear(); // the arena overwrites what is given back
    consents_.clear();
    prompted_by_vacancy.clear();
    is_application = false;
    notice_language_.clear();
    consents_language_.clear();
    notice_at_ = consents_at_ = 0;
}

std::vector<FormProblem> problems_of(const FormDefinition& form, const Json& answers) {
    std::vector<FormProblem> problems;
    for (const Json::Member& member : answers.members()) {
        if (!form.find_field(member.first)) problems.push_back({member.first, "unknown", 0});
    }
    const Visibility visibility(form, [&answers](const FormField& field) { return answers[field.id]; });
    for (const FormPage& page : form.pages) {
        for (const FormField& field : page.fields) {
            const Json& answer = answers[field.id];
            if (!visibility.shows(field)) {
                if (!answer.is_null()) problems.push_back({field.id, "hidden", 0});
                continue;
            }
            check_sent(field, answer, visibility.requires_answer(field), problems);
        }
    }
    return problems;
}

} // namespace vakant
