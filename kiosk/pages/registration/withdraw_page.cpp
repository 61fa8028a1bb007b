#include <algorithm>

#include "core/base/written_code.h"
#include "kiosk/pages/registration/slip_pages.h"
#include "kiosk/pages/registration/slips.h"
#include "kiosk/pages/shown.h"

namespace vakant {
namespace {

constexpr std::size_t secret_bytes = 16;
constexpr std::size_t longest_typed = 100;

} // namespace

void WithdrawPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (done_) return view_done(ui, in, out);
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.withdraw.title"));
    ui.text("help", s.get("registration.withdraw.help"), TextLook::secondary);
    if (problem_) ui.notice("problem", NoticeLook::error, error_text(s, *problem_));
    FieldSpec spec;
    spec.required = true;
    spec.max_length = longest_typed;
    spec.name = s.get("registration.withdraw.reference");
    if (!reference_error_.empty()) spec.error = s.get(reference_error_);
    if (const auto value = ui.field("reference", spec, reference_))
        out.push_back(intent::SetSlipText{"reference", *value});
    spec.name = s.get("registration.take_up.code");
    spec.error = code_error_.empty() ? "" : s.get(code_error_, {{"group", wrong_group_}});
    if (const auto value = ui.field("code", spec, code_)) out.push_back(intent::SetSlipText{"code", *value});
    view_agencies(ui, in, out);
    const std::vector<ActionSpec> actions = {
        back_action(in),
        {"send", s.get("registration.withdraw.send"), ButtonLook::danger, Icon::cross, !sending_, true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::Withdraw{});
        }
    }
}

/// Only where there are several: a slip does not say to whom it went, and nobody else shall hear of it.
void WithdrawPage::view_agencies(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (in.facts.agencies.size() < 2) return;
    std::vector<ChoiceSpec> choices;
    for (const AgencyFact& agency : in.facts.agencies)
        choices.push_back({agency.id, agency.name, std::ranges::find(from_, agency.id) != from_.end(), ""});
    const std::string error = from_error_.empty() ? "" : in.strings.get(from_error_);
    if (const auto pressed = ui.choices("from", in.strings.get("registration.withdraw.from"), choices, error))
        out.push_back(intent::ToggleAgency{choices[*pressed].key});
}

void WithdrawPage::view_done(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.withdraw.done"));
    ui.notice("what", NoticeLook::ok, s.get("registration.withdraw.what"));
    if (in.facts.visit_delivered) ui.text("delivered", s.get("registration.thanks.delivered"));
    const std::vector<ActionSpec> actions = {
        {"finish", s.get("common.finish"), ButtonLook::primary, Icon::check, true, true}};
    if (ui.actions(actions)) out.push_back(intent::Finish{});
}

/// A scanner types number and secret at once, into whichever field has the focus.
void WithdrawPage::set_text(const intent::SetSlipText& what) {
    problem_.reset();
    if (const auto scanned = read_slip(what.text)) {
        reference_ = scanned->reference;
        code_ = written_code(from_hex(scanned->secret).value_or({}));
        reference_error_.clear();
        code_error_.clear();
    } else if (what.field == "reference") {
        reference_ = what.text;
        reference_error_.clear();
    } else {
        code_ = what.text;
        code_error_.clear();
    }
}

std::vector<Effect> WithdrawPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::Finish>(intent)) return {effect::EndVisit{}};
    if (sending_ || done_) return {};
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* set = std::get_if<intent::SetSlipText>(&intent)) set_text(*set);
    if (const auto* toggle = std::get_if<intent::ToggleAgency>(&intent)) {
        from_error_.clear();
        if (std::erase(from_, toggle->agency) == 0) from_.push_back(toggle->agency);
    }
    if (std::holds_alternative<intent::Withdraw>(intent)) return withdraw(in);
    return {};
}

std::vector<Effect> WithdrawPage::withdraw(const PageContext& in) {
    problem_.reset();
    const std::string reference = tidy_reference(reference_);
    const ReadCode read = read_written_code(code_, secret_bytes);
    std::vector<std::string> from = from_;
    if (in.facts.agencies.size() == 1) from = {in.facts.agencies.front().id};
    reference_error_ = reference.empty() ? "registration.withdraw.bad_reference" : "";
    wrong_group_ = static_cast<std::int64_t>(read.wrong_group);
    code_error_ = read.ok()              ? ""
                  : read.wrong_group > 0 ? "registration.code.wrong_group"
                                         : "registration.code.too_short";
    from_error_ = from.empty() ? "registration.withdraw.none" : "";
    if (reference.empty() || !read.ok() || from.empty()) return {};
    sending_ = true;
    return {effect::Withdraw{std::move(from), reference, to_hex(read.secret)}};
}

std::vector<Effect> WithdrawPage::receive(const Event& event, const PageContext&) {
    if (!sending_) return {};
    if (std::holds_alternative<event::Finalised>(event)) {
        sending_ = false;
        done_ = true;
        code_.clear();
        reference_.clear();
    }
    if (const auto* failed = std::get_if<event::FinaliseFailed>(&event)) {
        sending_ = false;
        if (failed->kind == ErrorKind::invalid_input) {
            reference_error_ = "registration.withdraw.bad_reference";
        } else {
            problem_ = failed->kind;
        }
    }
    return {};
}

} // namespace vakant
