#include "sync/resend.h"

#include <limits>

namespace vakant {

void Resend::heard(std::string_view agency, std::string_view epoch) {
    if (!talk_.ports.earlier_epochs) return;
    auto earlier = talk_.ports.earlier_epochs(agency, epoch);
    if (!earlier.ok()) return talk_.note_problem(earlier.error().kind);
    questions_.erase(std::string(agency));
    if (earlier->empty()) return;
    questions_[std::string(agency)] = {std::string(epoch), std::move(*earlier)};
}

std::int64_t Resend::due() const {
    return questions_.empty() ? std::numeric_limits<std::int64_t>::max() : retry_.at();
}

bool Resend::step() {
    if (questions_.empty()) return false;
    const std::string agency = questions_.begin()->first;
    const std::string earlier = questions_.begin()->second.earlier.back();
    const auto answer = talk_.ask("GET", "/v1/resend?epoch=" + percent_encoded(earlier));
    const auto body = answer.ok() ? parse_json(answer->body) : Result<Json>(answer.error());
    if (!body.ok() || !take(*body, agency, earlier)) {
        if (answer.ok()) talk_.note_problem(ErrorKind::not_authentic);
        talk_.put_off(retry_, answer);
        return false;
    }
    talk_.heard();
    Question& question = questions_[agency];
    question.earlier.pop_back();
    if (question.earlier.empty()) questions_.erase(agency);
    retry_.succeeded(talk_.now());
    return true;
}

/// Only the pinned agency's word on exactly these two epochs counts.
bool Resend::take(const Json& body, const std::string& agency, const std::string& earlier) {
    for (const Json& item : body["answers"].items()) {
        const auto said = resend_from_json_text(item.to_text());
        if (!said.ok() || said->agency != agency || said->earlier_epoch != earlier) continue;
        if (said->epoch != questions_[agency].epoch) continue;
        const PinnedAgency* pinned = talk_.agency(agency);
        if (pinned == nullptr) continue;
        if (const Outcome genuine = check_resend(*said, pinned->keys, talk_.identity.device_id);
            !genuine.ok()) {
            if (genuine.error().kind == ErrorKind::not_found) talk_.keys_wanted = true;
            continue;
        }
        const Outcome moved = talk_.ports.resend(*said);
        if (!moved.ok()) talk_.note_problem(moved.error().kind);
        return moved.ok();
    }
    return false;
}

} // namespace vakant
