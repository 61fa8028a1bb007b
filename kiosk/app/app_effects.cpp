#include <algorithm>

#include "core/base/bytes.h"
#include "kiosk/app/app.h"

namespace vakant {
namespace {

constexpr int wrong_codes_allowed = 5;
constexpr std::int64_t door_pause_ms = 60'000;

EnrolmentStep step_of(SyncStatus::Enrolment enrolment) {
    switch (enrolment) {
    case SyncStatus::Enrolment::none:
        return EnrolmentStep::none;
    case SyncStatus::Enrolment::waiting_for_desk:
        return EnrolmentStep::waiting_for_desk;
    case SyncStatus::Enrolment::comparing_words:
        return EnrolmentStep::comparing_words;
    case SyncStatus::Enrolment::done:
        return EnrolmentStep::done;
    }
    return EnrolmentStep::none;
}

} // namespace

void App::run(std::vector<Effect> effects) {
    for (Effect& effect : effects)
        std::visit([this](auto& it) { run(it); }, effect);
}

void App::run(effect::GoTo& it) {
    if (it.replace) {
        left_.push_back(std::move(stack_.back()));
        stack_.pop_back();
    }
    push(it.page, it.arguments);
}

void App::run(effect::GoBack&) {
    if (stack_.size() < 2) return;
    left_.push_back(std::move(stack_.back()));
    stack_.pop_back();
    enter_top();
}

void App::run(effect::StartOver& it) {
    for (auto& page : stack_)
        left_.push_back(std::move(page));
    stack_.clear();
    stack_.push_back(make_page(PageId::home, {}, visit_));
    if (it.page != PageId::home) stack_.push_back(make_page(it.page, {}, visit_));
    enter_top();
}

void App::run(effect::Finalise& it) {
    if (visit_.secret.empty()) {
        std::uint8_t bytes[16];
        parts_.random.fill(bytes);
        visit_.secret = to_hex(bytes);
    }
    post(job::Finalise{std::move(it), visit_.secret, now()});
}

void App::run(effect::BeginTest& it) {
    post(job::BeginTest{make_uuid(parts_.random), it.test_json});
}

void App::run(effect::ForgetTest& it) {
    post(job::ForgetTest{it.session});
    visit_.test_session.clear();
    visit_.test_resumed = false;
}

void App::run(effect::ChangeEase& it) {
    constexpr int half_a_second_ms = 500;
    if (it.double_strike)
        ui_settings_.double_strike_ms = ui_settings_.double_strike_ms > 0 ? 0 : half_a_second_ms;
    if (it.less_motion) ui_settings_.less_motion = !ui_settings_.less_motion;
    if (it.hides_answers) ui_settings_.hides_answers = !ui_settings_.hides_answers;
}

void App::run(effect::ShowLanguage& it) {
    const bool is_known = std::ranges::any_of(
        languages_, [&](const LanguageChoice& language) { return language.code == it.language; });
    if (is_known && it.language != ui_settings_.language) show_language(it.language);
}

void App::run(effect::EnrolAgain&) {
    if (!facts_.enrols_again)
        facts_.enrols_again = EnrolmentStep::none; // until the network says how far it is
    post(job::EnrolAgain{});
}

void App::run(effect::CheckStaffCode& it) {
    const std::int64_t now_ms = parts_.clock.monotonic_ms();
    event::StaffCodeChecked checked;
    checked.locked = now_ms < door_opens_at_ms_;
    checked.right = !checked.locked && it.code == settings_.staff_code;
    if (!checked.right && !checked.locked && ++wrong_codes_ >= wrong_codes_allowed) {
        wrong_codes_ = 0;
        door_opens_at_ms_ = now_ms + door_pause_ms;
        checked.locked = true;
    }
    if (checked.right) wrong_codes_ = 0;
    tell_page(checked);
}

void App::post(Job job) {
    if (workers_) workers_->post(std::move(job));
}

void App::tell_page(const Event& event) {
    run(stack_.back()->receive(event, context()));
}

bool App::take_reports() {
    if (!workers_) return false;
    bool any = false;
    while (auto report = workers_->next_report()) {
        any = true;
        std::visit([this](auto& it) { take(it); }, *report);
    }
    left_.clear();
    return any;
}

void App::take(report::Answered& it) {
    if (auto* failed = std::get_if<event::TakeUpFailed>(&it.event)) delay(*failed);
    if (is_of_an_earlier_visit(it.event)) return;
    if (const auto* loaded = std::get_if<event::VacancyLoaded>(&it.event)) {
        const bool prompted = visit_.answers() && loaded->id == visit_.prompt.vacancy;
        if (prompted && !loaded->vacancy && !loaded->problem) visit_.close_prompt();
    }
    note(it.event);
    tell_page(it.event);
    // What led to a form may be gone since it was parked.
    if (std::holds_alternative<event::TakenUp>(it.event)) look_up_prompt();
}

void App::take(report::BoardRead& it) {
    board_asked_ = false;
    if (it.last_heard_at && (!facts_.last_heard_at || *facts_.last_heard_at < *it.last_heard_at)) {
        facts_.last_heard_at = it.last_heard_at;
    }
    if (it.board) facts_.board = it.board;
    if (board_changed_) read_board();
    tell_page(event::FactsChanged{});
}

void App::take(report::DocumentsRead& it) {
    facts_.forms = std::move(it.forms);
    facts_.tests = std::move(it.tests);
    facts_.profiles = std::move(it.profiles);
    facts_.lists = std::move(it.lists);
    take_brand();
    tell_page(event::FactsChanged{});
}

/// Of the first agency that this kiosk serves. What the profile's signer let through is still held against
/// the rules: this program may be newer.
void App::take_brand() {
    if (facts_.agencies.empty()) return;
    const AgencyProfile* profile = facts_.profile_of(facts_.agencies.front().id);
    if (profile == nullptr || profile->brand.is_null()) return;
    const auto brand = parse_brand(profile->brand);
    if (brand.ok() && *brand != brand_) show_brand(*brand);
}

void App::take(report::Sealed& it) {
    undelivered_.insert(it.envelopes.begin(), it.envelopes.end());
    facts_.visit_delivered = false;
}

void App::take(report::Delivered& it) {
    if (undelivered_.erase(it.envelope) == 0) return;
    facts_.visit_delivered = undelivered_.empty();
}

void App::take(report::CacheChanged& it) {
    board_changed_ = true;
    look_up_prompt();
    if (!board_asked_) read_board();
    if (it.documents) post(job::ReadDocuments{});
}

void App::read_board() {
    if (!workers_) return;
    board_changed_ = false;
    board_asked_ = true;
    post(job::ReadBoard{now()});
}

void App::take(report::StatusChanged& it) {
    const SyncStatus& status = it.status;
    if (it.kiosk_offset_ms) kiosk_offset_ms_ = it.kiosk_offset_ms;
    facts_.enrolment = step_of(status.enrolment);
    facts_.enrols_again.reset();
    if (status.again) facts_.enrols_again = step_of(*status.again);
    facts_.turned_away = status.turned_away;
    facts_.user_code = status.user_code;
    facts_.words = status.words;
    facts_.agencies_asked = status.agency_names;
    facts_.online = status.online;
    if (status.last_heard_at) facts_.last_heard_at = status.last_heard_at;
    facts_.last_problem = status.last_problem;
    facts_.clock_is_off = status.skew_warned;
    const OutboxCounts& counts = status.outbox;
    facts_.queue = {counts.queued,      counts.delivered,        counts.blocked,
                    counts.quarantined, counts.oldest_queued_at, {}};
    for (const AsideItem& item : counts.aside)
        facts_.queue.aside.push_back(
            {item.id, reference_number(facts_.device_prefix, item.counter), item.reason});
    enrolment_changed();
    tell_page(event::FactsChanged{});
}

void App::take(report::DiskSeen& it) {
    facts_.disk_is_low = it.is_low;
    tell_page(event::FactsChanged{});
}

void App::take(report::IdentityChanged& it) {
    facts_.agencies = it.agencies;
    facts_.device_prefix = it.prefix;
    agencies_pinned_ = it.enrolled;
    take_brand();
    if (it.enrolled) {
        facts_.enrolment = EnrolmentStep::done;
    } else if (facts_.enrolment == EnrolmentStep::unknown) {
        facts_.enrolment = EnrolmentStep::none;
    }
    if (!it.agencies.empty() && visit_.answers() && visit_.agencies().empty() && !visit_.registered)
        visit_.parts().front().adopt(it.agencies.front().id); // on the screen before the keys were read
    enrolment_changed();
    tell_page(event::FactsChanged{});
}

void App::enrolment_changed() {
    if (settings_.start_page || agencies_pinned_ || page() != PageId::attract) return;
    if (facts_.enrolment == EnrolmentStep::done || facts_.enrolment == EnrolmentStep::unknown) return;
    stack_.clear();
    push(PageId::enrolment, {});
}

void App::take(report::StoreOpened& it) {
    facts_.store_settings = std::move(it.settings);
    facts_.store_ready = !it.problem;
    facts_.keys_bound = it.keys_bound;
    facts_.store_problem.reset();
    if (it.problem) facts_.store_problem = {it.problem->file, std::string(name_of(it.problem->kind))};
    facts_.salvage.reset();
    if (it.salvage)
        facts_.salvage = {it.salvage->moved_to.filename().string(), it.salvage->kept, it.salvage->lost};
    if (it.unfinished) {
        const Result<Json> json = parse_json(it.unfinished->test_json);
        Result<TypingTest> test = json.ok() ? typing_test_from_json(*json) : Result<TypingTest>(json.error());
        if (test.ok() && page() == PageId::attract) {
            visit_.test =
                TypingSession::resumed(std::move(*test), it.unfinished->keys, parts_.clock.monotonic_ms());
            visit_.test_session = it.unfinished->id;
            visit_.test_resumed = true;
            stack_.clear();
            push(PageId::home, {});
            push(PageId::skills_intro, {});
            last_act_ms_ = parts_.clock.monotonic_ms();
        } else {
            post(job::ForgetTest{it.unfinished->id});
        }
    }
    tell_page(event::FactsChanged{});
}

void App::take(report::ParkedCounted& it) {
    facts_.parked_forms = it.forms;
    tell_page(event::FactsChanged{});
}

} // namespace vakant
