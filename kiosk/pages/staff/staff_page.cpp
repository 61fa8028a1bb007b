#include "kiosk/pages/staff/staff_page.h"

#include "kiosk/pages/shown.h"

namespace vakant {

namespace {

constexpr std::int64_t too_old_ms = std::int64_t{90} * 24 * 3'600'000;

/// The agency's words are many; what staff can do about them is not.
std::string reason_key(const std::string& reason) {
    if (reason == "conflict") return "staff.reason.conflict";
    if (reason == "too_large") return "staff.reason.too_large";
    if (reason == "agency_not_served" || reason == "unknown_device") return "staff.reason.not_served";
    return "staff.reason.unreadable";
}

/// What staff must do something about, the most urgent first, one a line; "" where there is nothing.
std::string troubles_of(const PageContext& in) {
    const KioskFacts& facts = in.facts;
    const bool overdue = facts.queue.oldest_at && in.now - *facts.queue.oldest_at > too_old_ms;
    const std::pair<bool, std::string_view> troubles[] = {
        {facts.turned_away, "staff.turned_away"},
        {facts.disk_is_low, "staff.disk_low"},
        {facts.queue.blocked + facts.queue.quarantined > 0, "staff.aside"},
        {overdue, "staff.overdue"},
        {facts.clock_is_off, "staff.clock_is_off"}};
    std::string lines;
    for (const auto& [is_so, key] : troubles) {
        if (is_so) lines += (lines.empty() ? "" : "\n") + in.strings.get(key);
    }
    return lines;
}

} // namespace

void StaffPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("staff.title"));
    std::vector<ActionSpec> actions = {back_action(in)};
    if (is_open(in)) {
        view_stick(ui, in);
        view_storage(ui, in);
        view_state(ui, in);
        view_aside(ui, in, out);
        view_stores(ui, in);
        view_enrolment(ui, in, out);
        if (in.facts.has_stick)
            actions.push_back(
                {"stick", s.get("staff.stick"), ButtonLook::secondary, Icon::stick, true, false});
        actions.push_back({"send_now", s.get("staff.send_now"), ButtonLook::primary, Icon::send,
                           in.facts.backend_named, true});
    } else {
        view_door(ui, in, out);
        actions.push_back({"enter", s.get("staff.enter"), ButtonLook::primary, Icon::lock, true, true});
    }
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else if (is_open(in)) {
            const bool is_last = *pressed + 1 == actions.size();
            out.push_back(is_last ? Intent(intent::SendNow{}) : Intent(intent::ExchangeStick{}));
        } else {
            out.push_back(intent::EnterStaffCode{});
        }
    }
}

void StaffPage::view_door(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.text("door", s.get("staff.door"));
    FieldSpec field;
    field.kind = FieldSpec::Kind::number;
    field.name = s.get("staff.code");
    field.max_length = 32;
    field.is_hidden = true;
    if (locked_) field.error = s.get("staff.locked");
    if (wrong_ && !locked_) field.error = s.get("staff.wrong_code");
    if (auto code = ui.field("code", field, code_)) out.push_back(intent::SetStaffCode{*code});
}

void StaffPage::view_state(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    const KioskFacts& facts = in.facts;
    const auto number = [&](std::size_t n) {
        return format_number(static_cast<std::int64_t>(n), in.language);
    };
    const auto time = [&](const std::optional<UtcMs>& at) {
        return at ? format_date_time(*at, in.language, in.offset_minutes) : s.get("staff.none");
    };
    const std::vector<Fact> queue = {
        {"online", s.get("staff.connection"), s.get(facts.online ? "staff.online" : "staff.offline"),
         Icon::none},
        {"heard", s.get("staff.last_heard"), time(facts.last_heard_at), Icon::clock},
        {"queued", s.get("staff.queued"), number(facts.queue.queued), Icon::none},
        {"oldest", s.get("staff.oldest"), time(facts.queue.oldest_at), Icon::none},
        {"delivered", s.get("staff.delivered"), number(facts.queue.delivered), Icon::none},
        {"blocked", s.get("staff.blocked"), number(facts.queue.blocked), Icon::none},
        {"quarantined", s.get("staff.quarantined"), number(facts.queue.quarantined), Icon::none},
        {"problem", s.get("staff.problem"),
         facts.last_problem.empty() ? s.get("staff.none") : s.get("error." + facts.last_problem),
         Icon::none}};
    if (asked_to_send_) ui.notice("asked", NoticeLook::hint, s.get("staff.sending"));
    if (const std::string troubles = troubles_of(in); !troubles.empty())
        ui.state("troubles", StateLook::error, s.get("staff.troubles"), troubles);
    ui.begin_panel("queue.panel", s.get("staff.queue"));
    ui.facts("queue", queue);
    ui.end_panel();
}

/// What is wrong with the files themselves.
void StaffPage::view_storage(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    if (const auto& problem = in.facts.store_problem)
        ui.notice("broken", NoticeLook::error,
                  s.get("staff.store_broken",
                        {{"file", isolated(problem->file)}, {"reason", s.get("error." + problem->reason)}}));
    if (const auto& salvage = in.facts.salvage) {
        MessageArguments about = {{"file", isolated(salvage->file)},
                                  {"kept", static_cast<std::int64_t>(salvage->kept)}};
        if (salvage->lost) about.push_back({"lost", static_cast<std::int64_t>(*salvage->lost)});
        ui.notice("salvaged", NoticeLook::error,
                  s.get(salvage->lost ? "staff.salvaged" : "staff.salvaged_unknown", about));
    }
}

void StaffPage::view_aside(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    if (tried_again_)
        ui.notice("tried_again", NoticeLook::hint,
                  s.get("staff.tried_again", {{"items", static_cast<std::int64_t>(tried_again_->items)}}));
    if (try_again_failed_)
        ui.notice("tried_in_vain", NoticeLook::error,
                  s.get("error." + std::string(name_of(try_again_failed_->kind))));
    if (in.facts.queue.aside.empty()) return;
    std::vector<Fact> facts;
    for (const AsideFact& item : in.facts.queue.aside)
        facts.push_back({item.id, isolated(item.reference), s.get(reason_key(item.reason)), Icon::none});
    ui.begin_panel("aside.panel", s.get("staff.aside_title"));
    ui.facts("items", facts);
    // What is in conflict stays where it is: sending it again would change nothing.
    if (in.facts.queue.blocked > 0 && ui.button("try_again", s.get("staff.try_again")))
        out.push_back(intent::TryAgain{});
    ui.end_panel();
}

void StaffPage::view_stick(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    if (stick_failed_) {
        const bool no_stick = stick_failed_->kind == ErrorKind::not_found;
        ui.notice(
            "stick.failed", NoticeLook::error,
            s.get(no_stick ? "staff.stick_none" : "error." + std::string(name_of(stick_failed_->kind))));
    }
    if (!exchanged_) return;
    ui.notice("stick.done", NoticeLook::hint,
              s.get("staff.stick_done", {{"written", static_cast<std::int64_t>(exchanged_->written)},
                                         {"answered", static_cast<std::int64_t>(exchanged_->answered)}}));
    if (exchanged_->refused > 0)
        ui.notice("stick.odd", NoticeLook::warning,
                  s.get("staff.stick_odd", {{"files", static_cast<std::int64_t>(exchanged_->refused)}}));
}

void StaffPage::view_stores(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    std::string agencies;
    for (const AgencyFact& agency : in.facts.agencies)
        agencies += (agencies.empty() ? "" : ", ") + isolated(agency.name);
    std::string settings;
    for (const auto& [name, value] : in.facts.store_settings) {
        settings += (settings.empty() ? "" : ", ") + name + "=" + value;
    }
    const std::vector<Fact> facts = {
        {"agencies", s.get("staff.agencies"), agencies.empty() ? s.get("staff.none") : agencies, Icon::none},
        {"prefix", s.get("staff.prefix"),
         in.facts.device_prefix.empty() ? s.get("staff.none") : in.facts.device_prefix, Icon::none},
        {"version", s.get("staff.version"), isolated(in.facts.program_version), Icon::none},
        {"store", s.get("staff.store"), s.get(in.facts.store_ready ? "staff.store_ok" : "staff.store_bad"),
         Icon::none},
        {"settings", s.get("staff.settings"), settings.empty() ? s.get("staff.none") : isolated(settings),
         Icon::none},
        {"key", s.get("staff.key"), s.get(in.facts.keys_bound ? "staff.key_bound" : "staff.key_file"),
         Icon::lock}};
    ui.begin_panel("kiosk.panel", s.get("staff.kiosk"));
    ui.facts("kiosk", facts);
    ui.end_panel();
}

/// The first enrolment has a page of its own; this is the way back to it.
void StaffPage::view_enrolment(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (!in.facts.backend_named || in.facts.agencies.empty()) return;
    if (ui.button("enrol", in.strings.get("staff.enrol"), ButtonLook::secondary, Icon::none))
        out.push_back(intent::EnrolAgain{});
}

std::vector<Effect> StaffPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* set = std::get_if<intent::SetStaffCode>(&intent)) code_ = set->code;
    if (std::holds_alternative<intent::EnterStaffCode>(intent)) {
        std::string code;
        code.swap(code_);
        return {effect::CheckStaffCode{std::move(code)}};
    }
    if (std::holds_alternative<intent::SendNow>(intent) && is_open(in)) {
        asked_to_send_ = true;
        return {effect::SendNow{}};
    }
    if (std::holds_alternative<intent::TryAgain>(intent) && is_open(in)) {
        tried_again_.reset();
        try_again_failed_.reset();
        return {effect::TryAgain{}};
    }
    if (std::holds_alternative<intent::EnrolAgain>(intent) && is_open(in))
        return {effect::EnrolAgain{}, effect::GoTo{PageId::enrolment, {}, false}};
    if (std::holds_alternative<intent::ExchangeStick>(intent) && is_open(in)) {
        exchanged_.reset();
        stick_failed_.reset();
        return {effect::ExchangeStick{}};
    }
    return {};
}

std::vector<Effect> StaffPage::receive(const Event& event, const PageContext&) {
    if (const auto* checked = std::get_if<event::StaffCodeChecked>(&event)) {
        let_in_ = checked->right;
        wrong_ = !checked->right;
        locked_ = checked->locked;
    }
    if (const auto* tried = std::get_if<event::TriedAgain>(&event)) tried_again_ = *tried;
    if (const auto* failed = std::get_if<event::TryAgainFailed>(&event)) try_again_failed_ = *failed;
    if (const auto* exchanged = std::get_if<event::StickExchanged>(&event)) exchanged_ = *exchanged;
    if (const auto* failed = std::get_if<event::StickFailed>(&event)) stick_failed_ = *failed;
    if (std::holds_alternative<event::FactsChanged>(event)) asked_to_send_ = false;
    return {};
}

} // namespace vakant
