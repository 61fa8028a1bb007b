#include "kiosk/pages/visit.h"

#include <algorithm>

namespace vakant {

RegistrationPart::RegistrationPart(std::shared_ptr<const FormDefinition> form,
                                   std::vector<std::string> agencies, SecretArena& arena)
    : form_(std::move(form)), agencies_(std::move(agencies)),
      answers_(std::make_unique<FormSession>(*form_, arena)),
      consents_(std::max<std::size_t>(1, agencies_.size())) {}

bool RegistrationPart::consent(std::size_t agency, const FormConsent& consent) const {
    const auto found = consents_.at(agency).find(consent.purpose);
    return found == consents_[agency].end() ? consent.is_rule : found->second;
}

void RegistrationPart::set_consent(std::size_t agency, std::string_view purpose, bool given) {
    consents_.at(agency).insert_or_assign(std::string(purpose), given);
}

Result<Json> RegistrationPart::submission(std::size_t agency, std::string_view language) {
    for (const FormConsent& asked : form_->consents)
        answers_->set_consent(asked.purpose, consent(agency, asked));
    return answers_->submission(language, "", "");
}

void RegistrationPart::take_over(const RegistrationPart& other) {
    const auto copy = [&](const FormField& field, const std::string& to, const std::string& from) {
        const FormField* known = other.form_->find_field(field.id);
        if (!known || known->widget != field.widget || !answers_->answer(to).empty()) return;
        answers_->set_answer(to, other.answers_->answer(from));
    };
    for (const FormPage& page : form_->pages) {
        for (const FormField& field : page.fields) {
            if (!field.is_group()) {
                copy(field, field.id, field.id);
                continue;
            }
            const FormField* known = other.form_->find_field(field.id);
            if (!known || !known->is_group()) continue;
            std::size_t place = 0;
            for (const std::uint32_t theirs : other.answers_->entries(field.id)) {
                const auto& ours = answers_->entries(field.id);
                const auto entry =
                    place < ours.size() ? std::optional(ours[place]) : answers_->add_entry(field.id);
                ++place;
                if (!entry) break;
                for (const FormField& inner : field.fields) {
                    const std::string id = "." + inner.id;
                    copy(inner, field.id + "." + std::to_string(*entry) + id,
                         field.id + "." + std::to_string(theirs) + id);
                }
            }
        }
    }
}

Json RegistrationPart::draft(std::string_view language) const {
    Json agencies = Json::array(), consents = Json::array(), texts = Json::object();
    for (const FormConsent& asked : form_->consents)
        texts.set(asked.purpose, form_->text(asked.text_key, language));
    for (const std::string& agency : agencies_)
        agencies.push(agency);
    for (const auto& given : consents_) {
        Json one = Json::object();
        for (const auto& [purpose, yes] : given)
            one.set(purpose, yes);
        consents.push(std::move(one));
    }
    return Json::object({{"form", form_->id},
                         {"digest", form_->digest},
                         {"agencies", std::move(agencies)},
                         {"consents", std::move(consents)},
                         {"language", language},
                         {"texts", std::move(texts)},
                         {"answers", answers_->draft()}});
}

/// Under a newer form a consent stands only while it says the same, in the language in which it was read.
bool RegistrationPart::has_same_text(const FormConsent& asked, const Json& draft) const {
    const Json* text = draft["texts"].find(asked.purpose);
    return text && text->text() == form_->text(asked.text_key, draft["language"].text());
}

bool RegistrationPart::resume(const Json& draft) {
    if (const auto left_out = answers_->resume(draft["answers"]); !left_out.ok()) return false;
    const bool same_form = draft["digest"].text() == form_->digest;
    for (std::size_t i = 0; i < consents_.size() && i < draft["consents"].size(); ++i) {
        for (const FormConsent& asked : form_->consents) {
            const Json* given = draft["consents"][i].find(asked.purpose);
            if (given && (same_form || has_same_text(asked, draft)))
                consents_[i].insert_or_assign(asked.purpose, given->bool_or(false));
        }
    }
    return true;
}

void Visit::begin_registration(std::shared_ptr<const FormDefinition> form, Prompt new_prompt,
                               std::string agency) {
    begin_registrations({{std::move(agency), std::move(form)}}, std::move(new_prompt));
}

void Visit::begin_registrations(const std::vector<AgencyForm>& forms, Prompt new_prompt) {
    prompt = std::move(new_prompt);
    const std::vector<AgencyForm> asked = as_begun(forms);
    std::vector<std::pair<std::shared_ptr<const FormDefinition>, std::vector<std::string>>> wanted;
    for (const AgencyForm& one : asked) {
        auto same = std::ranges::find_if(
            wanted, [&](const auto& part) { return part.first->digest == one.form->digest; });
        if (same == wanted.end()) same = wanted.insert(wanted.end(), {one.form, {}});
        if (!one.agency.empty()) same->second.push_back(one.agency);
    }
    const bool same_parts = wanted.size() == parts_.size() &&
                            std::ranges::equal(wanted, parts_, [](const auto& a, const auto& b) {
                                return a.first->digest == b.form().digest && a.second == b.agencies();
                            });
    if (!same_parts) {
        std::vector<RegistrationPart> fresh;
        for (auto& [form, agencies] : wanted) {
            fresh.emplace_back(std::move(form), std::move(agencies), arena_);
            for (const RegistrationPart& old : parts_) { // somebody who goes back and chooses another agency
                if (old.form().digest == fresh.back().form().digest) fresh.back().take_over(old);
            }
        }
        for (RegistrationPart& old : parts_)
            old.answers().wipe();
        parts_ = std::move(fresh);
    }
    note_prompt();
}

/// A form that is updated while somebody fills it in: what was begun is what that person goes on with.
std::vector<AgencyForm> Visit::as_begun(const std::vector<AgencyForm>& forms) const {
    std::vector<AgencyForm> out;
    for (AgencyForm one : forms) {
        if (!one.form) continue;
        const auto begun = std::ranges::find_if(parts_, [&](const RegistrationPart& part) {
            const bool is_theirs = part.agencies().empty() ||
                                   std::ranges::find(part.agencies(), one.agency) != part.agencies().end();
            return is_theirs && part.form().id == one.form->id;
        });
        if (begun != parts_.end()) one.form = begun->shared_form();
        out.push_back(std::move(one));
    }
    return out;
}

void Visit::note_prompt() {
    for (RegistrationPart& part : parts_) {
        if (!day.empty()) {
            part.answers().source = "day";
            part.answers().source_id = day;
        }
        part.answers().prompted_by_vacancy = prompt.vacancy;
        part.answers().is_application = prompt.is_application;
    }
}

std::vector<std::string> Visit::agencies() const {
    std::vector<std::string> all;
    for (const RegistrationPart& part : parts_)
        all.insert(all.end(), part.agencies().begin(), part.agencies().end());
    return all;
}

std::vector<SentForm> Visit::as_sent() const {
    std::vector<SentForm> all;
    for (const RegistrationPart& part : parts_) {
        for (const std::string& agency : part.agencies())
            all.push_back({agency, part.shared_form(), part.answers().leaves_contact()});
    }
    return all;
}

Json Visit::draft(std::string_view language) const {
    Json kept = Json::array();
    for (const RegistrationPart& part : parts_)
        kept.push(part.draft(language));
    return Json::object(
        {{"format", "vakant-draft/1"},
         {"language", language},
         {"prompt", Json::object({{"vacancy", prompt.vacancy},
                                  {"agency", prompt.agency},
                                  {"title", prompt.title},
                                  {"employer", prompt.employer},
                                  {"application", prompt.is_application},
                                  {"closed", prompt.closed},
                                  {"closes_at", prompt.closes_at ? Json(*prompt.closes_at) : Json()}})},
         {"parts", std::move(kept)}});
}

void Visit::resume_prompt(const Json& json) {
    const auto text = [&](std::string_view name) { return std::string(json[name].text()); };
    prompt = {text("vacancy"),
              text("agency"),
              text("title"),
              text("employer"),
              json["application"].bool_or(false),
              json["closes_at"].is_integer() ? std::optional<UtcMs>(json["closes_at"].integer_or(0))
                                             : std::nullopt,
              json["closed"].bool_or(false)};
}

void Visit::close_prompt() {
    prompt.closed = true;
    prompt.is_application = false;
    for (RegistrationPart& part : parts_)
        part.answers().is_application = false;
}

void Visit::forget_answers() {
    for (RegistrationPart& part : parts_)
        part.answers().wipe();
    parts_.clear();
    arena_.wipe();
}

void Visit::wipe() {
    forget_answers();
    prompt = {};
    secret.clear();
    reference.clear();
    reference_code = {};
    reference_agencies.clear();
    sent_forms.clear();
    registered = false;
    parked_code.clear();
    parked_picture = {};
    parked_until = 0;
    test.reset();
    test_session.clear();
    test_agency.clear();
    test_resumed = false;
}

} // namespace vakant
