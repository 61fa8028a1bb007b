#include "core/base/written_code.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/registration/slip_pages.h"
#include "kiosk/pages/registration/slips.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

constexpr std::size_t code_bytes = 10; ///< of a parked form
constexpr std::size_t longest_code = 80;

} // namespace

void TakeUpPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.take_up.title"));
    FieldSpec spec;
    spec.name = s.get("registration.take_up.code");
    spec.help = s.get("registration.take_up.help");
    spec.max_length = longest_code;
    spec.required = true;
    if (!error_.empty()) spec.error = s.get(error_, {{"group", number_}, {"seconds", number_}});
    if (const auto value = ui.field("code", spec, code_)) out.push_back(intent::SetSlipText{"code", *value});
    const std::vector<ActionSpec> actions = {back_action(in),
                                             {"open", s.get("registration.take_up.open"), ButtonLook::primary,
                                              Icon::forward, !opening_ && !waits(in), true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::TakeUp{});
        }
    }
}

std::vector<Effect> TakeUpPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* set = std::get_if<intent::SetSlipText>(&intent)) {
        code_ = set->text;
        if (!waits(in)) error_.clear();
        return {};
    }
    if (std::holds_alternative<intent::TakeUp>(intent)) return open(in);
    return {};
}

std::vector<Effect> TakeUpPage::open(const PageContext& in) {
    if (opening_ || waits(in)) return {};
    ReadCode read = read_written_code(parking_code_in(code_), code_bytes);
    if (!read.ok()) {
        number_ = static_cast<std::int64_t>(read.wrong_group);
        error_ = read.wrong_group > 0 ? "registration.code.wrong_group" : "registration.code.too_short";
        return {};
    }
    opening_ = true;
    error_.clear();
    return {effect::TakeUpForm{std::move(read.secret)}};
}

std::vector<Effect> TakeUpPage::receive(const Event& event, const PageContext& in) {
    if (const auto* failed = std::get_if<event::TakeUpFailed>(&event)) {
        opening_ = false;
        number_ = (failed->wait_ms + 999) / 1000;
        opens_at_ms_ = in.monotonic_ms + failed->wait_ms;
        error_ = failed->wait_ms > 0 ? "registration.take_up.wrong" : "registration.take_up.failed";
    }
    if (const auto* taken = std::get_if<event::TakenUp>(&event)) return take_up(taken->draft, in);
    return {};
}

/// On the form again, in the language in which it was parked: at its first page, where everything that was
/// answered stands; at the notice where that is another one today.
std::vector<Effect> TakeUpPage::take_up(const Json& draft, const PageContext& in) {
    opening_ = false;
    const bool opened = visit_.resume(draft, [&](const std::string& agency, std::string_view form) {
        const FormFact* fact = in.facts.form_named(agency, form);
        return fact ? fact->form : nullptr;
    });
    if (!opened) {
        error_ = "registration.take_up.failed";
        return {};
    }
    const effect::ShowLanguage language{std::string(draft["language"].text())};
    if (!visit_.answers()->notice_shown())
        return {effect::GoTo{PageId::registration_notice, {}, true}, language};
    const std::vector<std::size_t> steps = visible_pages(*visit_.answers());
    return {effect::GoTo{
                PageId::registration_form, {.vacancy = "", .step = steps.empty() ? 0 : steps.front()}, true},
            language};
}

std::optional<std::int64_t> TakeUpPage::wake_at(const PageContext& in) const {
    if (!waits(in)) return std::nullopt;
    return opens_at_ms_;
}

} // namespace vakant
