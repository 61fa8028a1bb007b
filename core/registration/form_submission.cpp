// What is checked before sending, what is sent, and what a parked draft holds.
#include <algorithm>
#include <memory_resource>

#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/registration/form_answers.h"
#include "core/registration/form_graph.h"
#include "core/registration/form_schemas.h"
#include "core/registration/form_session.h"
#include "core/registration/logic.h"
#include "core/registration/telephone.h"

namespace vakant {

std::optional<bool> FormSession::consent(std::string_view purpose) const {
    const auto found = consents_.find(purpose);
    if (found == consents_.end()) return std::nullopt;
    return found->second;
}

void FormSession::set_consent(std::string_view purpose, bool given) {
    consents_.insert_or_assign(std::string(purpose), given);
}

bool FormSession::consent_or_start(const FormConsent& asked) const {
    return consent(asked.purpose).value_or(asked.is_rule);
}

void FormSession::note_notice_shown(std::string_view language, UtcMs at) {
    notice_language_ = language;
    notice_at_ = at;
}

void FormSession::note_consents_shown(std::string_view language, UtcMs at) {
    consents_language_ = language;
    consents_at_ = at;
}

void FormSession::check(const Place& place, std::vector<FormProblem>& problems) const {
    const FormField& field = *place.field;
    const std::string address = place.group ? address_in(place.group->id, place.entry, field.id) : field.id;
    if (!is_visible(address) || field.widget == Widget::fact) return;
    const std::string_view given = trimmed(answer(address));
    if (given.empty()) {
        if (is_required(address)) problems.push_back(problem_with(field, address, "required"));
        return;
    }
    const std::size_t before = problems.size();
    const auto offered = offered_values(place);
    check_answer(*form_, field, address, answer_from_typed(field, given), offered ? &*offered : nullptr, true,
                 problems);
    if (problems.size() > before) return;
    for (const FormConstraint& constraint : field.constraints) {
        if (holds(constraint.rule, place, true)) continue;
        FormProblem problem{address, "constraint", 0, constraint.text_key};
        return problems.push_back(std::move(problem));
    }
}

void FormSession::check_item(const FormPage& page, const FormField& item,
                             std::vector<FormProblem>& problems) const {
    if (!item.is_group()) return check({&page, nullptr, &item, 0}, problems);
    if (!is_visible(item)) return;
    const std::size_t before = problems.size();
    std::size_t answered = 0;
    for (const std::uint32_t entry : entries(item.id)) {
        if (!is_asked(item, entry)) continue;
        if (!is_blank(item, entry)) ++answered;
        for (const FormField& part : item.fields)
            check({&page, &item, &part, entry}, problems);
    }
    if (answered < item.least_entries && problems.size() == before) {
        problems.push_back(
            problem_with(item, item.id, "minItems", static_cast<std::int64_t>(item.least_entries)));
    }
}

/// What ties several fields together; told at the field that the rule names, if it can be answered now.
void FormSession::check_whole(std::vector<FormProblem>& problems) const {
    for (const SchemaProblem& problem : form_->schemas().whole.problems_of(answers())) {
        const bool names_field = problem.keyword == "required" || problem.keyword == "dependentRequired";
        std::string name(names_field ? problem.limit.text() : std::string_view(problem.path));
        if (name.starts_with('/')) name.erase(0, 1);
        name = name.substr(0, name.find('/'));
        const FormField* field = form_->find_field(name);
        if (!field && names_field) continue;
        if (field && !is_visible(name)) continue;
        const bool told = std::any_of(problems.begin(), problems.end(),
                                      [&](const FormProblem& other) { return other.field == name; });
        if (told) continue;
        const std::string keyword = names_field ? "required" : problem.keyword;
        if (field) {
            problems.push_back(problem_with(*field, name, keyword));
        } else {
            problems.push_back({"", keyword, 0, ""});
        }
    }
}

std::vector<FormProblem> FormSession::problems_on(const FormPage& page) const {
    std::vector<FormProblem> problems;
    for (const FormField& item : page.fields)
        check_item(page, item, problems);
    std::vector<FormProblem> whole;
    check_whole(whole);
    for (FormProblem& problem : whole) {
        const std::string_view name = std::string_view(problem.field).substr(0, problem.field.find('.'));
        const bool here = std::any_of(page.fields.begin(), page.fields.end(),
                                      [&](const FormField& field) { return field.id == name; });
        const bool told = std::any_of(problems.begin(), problems.end(),
                                      [&](const FormProblem& other) { return other.field == problem.field; });
        if (here && !told) problems.push_back(std::move(problem));
    }
    return problems;
}

std::vector<FormProblem> FormSession::problems() const {
    std::vector<FormProblem> problems;
    for (const FormPage& page : form_->pages) {
        for (const FormField& item : page.fields)
            check_item(page, item, problems);
    }
    check_whole(problems);
    return problems;
}

Json FormSession::answers() const {
    Json answers = Json::object();
    for (const FormPage& page : form_->pages) {
        for (const FormField& field : page.fields) {
            if (!is_visible(field)) continue;
            Json answer = value_of(field, field.id);
            const bool empty_group = field.is_group() && answer.size() == 0;
            if (!answer.is_null() && !empty_group) answers.set(field.id, std::move(answer));
        }
    }
    return answers;
}

Json FormSession::normalised_json() const {
    Json numbers = Json::object();
    const auto add = [&](const FormField& field, const std::string& address, const std::string& path) {
        if (field.widget != Widget::telephone || !is_visible(address)) return;
        if (auto number = normalised_telephone(answer(address), field.country)) numbers.set(path, *number);
    };
    for (const FormPage& page : form_->pages) {
        for (const FormField& item : page.fields) {
            add(item, item.id, item.id);
            std::size_t index = 0;
            for (const std::uint32_t entry : entries(item.id)) {
                if (!is_visible(item) || is_blank(item, entry)) continue;
                for (const FormField& part : item.fields) {
                    add(part, address_in(item.id, entry, part.id),
                        item.id + "." + std::to_string(index) + "." + part.id);
                }
                ++index;
            }
        }
    }
    return numbers;
}

Json FormSession::consents_json() const {
    Json records = Json::array();
    if (consents_language_.empty()) return records;
    for (const FormConsent& asked : form_->consents) {
        records.push(
            Json::object({{"purpose", asked.purpose},
                          {"recipient", asked.recipient},
                          {"recipient_kind", asked.recipient_kind},
                          {"given", consent_or_start(asked)},
                          {"language", consents_language_},
                          {"text_version", asked.version},
                          {"text_digest", blake2b_hex(form_->text(asked.text_key, consents_language_))},
                          {"at", consents_at_},
                          {"form_version", form_->version},
                          {"retention", asked.retention}}));
    }
    return records;
}

Json FormSession::notice_json() const {
    if (notice_language_.empty()) return Json();
    return Json::object({{"language", notice_language_},
                         {"at", notice_at_},
                         {"text_digest", blake2b_hex(form_->text(form_->notice_key, notice_language_))}});
}

Result<Json> FormSession::submission(std::string_view language, std::string_view reference,
                                     std::string_view secret) const {
    const std::vector<FormProblem> wrong = problems();
    if (!wrong.empty()) return refused("answers." + wrong[0].field + ": " + wrong[0].keyword);
    const bool has_vacancy = !prompted_by_vacancy.empty();
    Json from = Json::object({{"kind", source}});
    if (!source_id.empty()) from.set("id", source_id);
    return Json::object({{"kind", "registration"},
                         {"form", form_->id},
                         {"version", form_->version},
                         {"digest", form_->digest},
                         {"language", language},
                         {"answers", answers()},
                         {"normalised", normalised_json()},
                         {"consents", consents_json()},
                         {"notice", notice_json()},
                         {"retention", form_->retention.empty() ? Json() : Json(form_->retention)},
                         {"source", std::move(from)},
                         {"vacancy", has_vacancy ? Json(prompted_by_vacancy) : Json()},
                         {"application", has_vacancy && is_application},
                         {"reference", reference},
                         {"secret", secret}});
}

Json FormSession::draft() const {
    Json typed = Json::object(), groups = Json::object(), choices = Json::object();
    for (const auto& [address, value] : answers_)
        typed.set(address, Json(std::string_view(value)));
    for (const auto& [group, kept] : entries_) {
        Json numbers = Json::array();
        for (const std::uint32_t number : kept.numbers)
            numbers.push(Json(static_cast<std::int64_t>(number)));
        groups.set(group, std::move(numbers));
    }
    for (const auto& [purpose, given] : consents_)
        choices.set(purpose, given);
    return Json::object({{"kind", "draft"},
                         {"form", form_->id},
                         {"version", form_->version},
                         {"digest", form_->digest},
                         {"answers", std::move(typed)},
                         {"entries", std::move(groups)},
                         {"given", std::move(choices)},
                         {"consents", consents_json()},
                         {"notice", notice_json()},
                         {"vacancy", prompted_by_vacancy},
                         {"application", is_application},
                         {"source", source},
                         {"source_id", source_id}});
}

namespace {

/// What of a draft's answer still makes sense in this field: all of it, or the choices that are still there.
std::optional<std::string> still_valid(const FormField& field, std::string_view typed) {
    if (!field.is_choosing() || field.own_words || !field.list.empty()) return std::string(typed);
    std::string kept;
    for (const std::string_view value : lines_of(typed)) {
        const bool known = std::any_of(field.choices.begin(), field.choices.end(),
                                       [value](const FormChoice& choice) { return choice.value == value; });
        if (!known) continue;
        if (!kept.empty()) kept += '\n';
        kept += value;
    }
    if (kept.empty() && !typed.empty()) return std::nullopt;
    return kept;
}

} // namespace

void FormSession::take_draft_answers(const Json& draft, std::vector<std::string>& left_out) {
    for (const auto& [group, numbers] : draft["entries"].members()) {
        const auto place = find_place(group);
        if (!place || !place->field->is_group()) continue;
        Entries kept;
        for (const Json& number : numbers.items()) {
            const std::int64_t value = number.integer_or(0);
            const bool fits =
                value > 0 && value < 1'000'000 && kept.numbers.size() < place->field->most_entries;
            if (!fits) continue;
            kept.numbers.push_back(static_cast<std::uint32_t>(value));
            kept.last = std::max(kept.last, kept.numbers.back());
        }
        while (kept.numbers.size() < place->field->least_entries)
            kept.numbers.push_back(++kept.last);
        entries_.insert_or_assign(place->field->id, std::move(kept));
    }
    for (const auto& [address, typed] : draft["answers"].members()) {
        const auto place = find_place(address);
        const bool fits =
            place && !place->field->is_group() && place->field->widget != Widget::fact && typed.is_string();
        const auto value = fits ? still_valid(*place->field, typed.text()) : std::nullopt;
        if (value) {
            keep(address, place->field->takes_several()
                              ? std::string_view(*value)
                              : first_code_points(*value, place->field->max_length + 50));
        } else if (!typed.text().empty()) {
            left_out.push_back(address);
        }
    }
    evaluate_all();
}

Result<std::vector<std::string>> FormSession::resume(const Json& draft) {
    if (draft["kind"].text() != "draft" || draft["form"].text() != form_->id) {
        return refused("the draft is of the form \"" + std::string(draft["form"].text()) + "\"");
    }
    std::vector<std::string> left_out;
    take_draft_answers(draft, left_out);
    prompted_by_vacancy = draft["vacancy"].text();
    is_application = draft["application"].bool_or(false);
    source = draft["source"].text_or("walk-in");
    source_id = draft["source_id"].text();

    const Json& notice = draft["notice"];
    const std::string language(notice["language"].text());
    const bool same_notice = !language.empty() && notice["text_digest"].text() ==
                                                      blake2b_hex(form_->text(form_->notice_key, language));
    if (same_notice) note_notice_shown(language, notice["at"].integer_or(0));

    // One changed text, or a new one, and the page of consents is shown again; what still stands keeps its
    // tick.
    bool all_stand = !draft["consents"].items().empty();
    for (const FormConsent& asked : form_->consents) {
        const auto& records = draft["consents"].items();
        const auto record = std::find_if(records.begin(), records.end(), [&](const Json& one) {
            return one["purpose"].text() == asked.purpose && consent_still_stands(*form_, one);
        });
        all_stand = all_stand && record != records.end();
        const Json* given = draft["given"].find(asked.purpose);
        const bool not_yet_recorded =
            draft["consents"].items().empty() && draft["digest"].text() == form_->digest;
        if (given && (record != records.end() || not_yet_recorded)) {
            set_consent(asked.purpose, given->bool_or(false));
        }
    }
    if (all_stand) {
        const Json& first = draft["consents"][0];
        note_consents_shown(first["language"].text(), first["at"].integer_or(0));
    }
    return left_out;
}

bool consent_still_stands(const FormDefinition& form, const Json& record) {
    for (const FormConsent& asked : form.consents) {
        if (asked.purpose != record["purpose"].text()) continue;
        return asked.recipient == record["recipient"].text() &&
               blake2b_hex(form.text(asked.text_key, record["language"].text())) ==
                   record["text_digest"].text();
    }
    return false;
}

} // namespace vakant
