// What people take along and come back with: parked forms, withdrawals, printed slips.
#include <algorithm>

#include "core/envelope/envelope.h"
#include "kiosk/app/app.h"

namespace vakant {
namespace {

/// Before the next try, after so many wrong codes in a row.
std::int64_t pause_after(int wrong_codes) {
    constexpr std::int64_t first_ms = 5'000, longest_ms = 60'000;
    return std::min(longest_ms, first_ms << std::min(wrong_codes - 1, 5));
}

} // namespace

void App::run(effect::ParkForm&) {
    if (!visit_.answers() || parking_) return;
    parking_ = true;
    post(job::ParkForm{visit_.draft(ui_settings_.language).to_text(), now(), visit_number_});
    if (page() != PageId::registration_parked) push(PageId::registration_parked, {});
}

void App::run(effect::TakeUpForm& it) {
    const std::int64_t wait_ms = take_up_opens_at_ms_ - parts_.clock.monotonic_ms();
    if (wait_ms > 0) {
        tell_page(event::TakeUpFailed{ErrorKind::refused, wait_ms});
        return;
    }
    post(job::TakeUpForm{std::move(it.code), now(), visit_number_});
}

void App::run(effect::Withdraw& it) {
    if (!is_reference_number(it.reference) || it.agencies.empty()) {
        tell_page(event::FinaliseFailed{ErrorKind::invalid_input});
        return;
    }
    effect::Finalise kept;
    kept.reference = it.reference;
    for (const std::string& agency : it.agencies) {
        kept.submissions.push_back(
            {agency, "",
             Json::object({{"kind", "withdrawal"}, {"language", ui_settings_.language}, {"at", now()}})});
    }
    // With the secret of the slip in place of this visit's.
    post(job::Finalise{std::move(kept), it.secret, now()});
}

void App::run(effect::Print& it) {
    post(job::Print{std::move(it.slip)});
}

/// The store answered after the person had left: what they parked or took up is nobody else's business.
bool App::is_of_an_earlier_visit(const Event& event) const {
    const auto* parked = std::get_if<event::Parked>(&event);
    const auto* taken = std::get_if<event::TakenUp>(&event);
    return (parked && parked->visit != visit_number_) || (taken && taken->visit != visit_number_);
}

/// What concerns more than the page on top.
void App::note(const Event& event) {
    if (std::holds_alternative<event::Finalised>(event)) visit_.test_session.clear();
    if (std::holds_alternative<event::ParkFailed>(event)) parking_ = false;
    if (const auto* parked = std::get_if<event::Parked>(&event)) {
        parking_ = false;
        visit_.forget_answers();
        visit_.parked_code = parked->code;
        visit_.parked_picture = parked->picture;
        visit_.parked_until = parked->until;
    }
    if (std::holds_alternative<event::TakenUp>(event)) wrong_take_ups_ = 0;
}

/// A wrong code costs a pause that grows.
void App::delay(event::TakeUpFailed& failed) {
    if (failed.kind != ErrorKind::not_found) return;
    failed.wait_ms = pause_after(++wrong_take_ups_);
    take_up_opens_at_ms_ = parts_.clock.monotonic_ms() + failed.wait_ms;
}

} // namespace vakant
