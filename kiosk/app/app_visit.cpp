#include <algorithm>

#include "kiosk/app/app.h"
#include "kiosk/app/documents.h"
#include "kiosk/app/logo.h"

namespace vakant {

std::optional<PageId> start_page_named(std::string_view name) {
    if (name == "vacancies") return PageId::vacancies_list;
    if (name == "registration") return PageId::registration_form;
    if (name == "skills") return PageId::skills_intro;
    for (const PageId page :
         {PageId::attract, PageId::home, PageId::enrolment, PageId::vacancies_list, PageId::registration_form,
          PageId::skills_intro, PageId::agency, PageId::about, PageId::help, PageId::staff}) {
        if (name_of(page) == name) return page;
    }
    return std::nullopt;
}

std::int64_t App::idle_for_ms() const {
    return parts_.clock.monotonic_ms() - last_act_ms_;
}

bool App::is_resting() const {
    return stack_.size() == 1 && (page() == PageId::attract || page() == PageId::enrolment);
}

/// Somebody pressed keys on the attract page, for the sound or to look about, and went no further.
bool App::was_used_at_rest() const {
    return page() == PageId::attract && last_act_ms_ > visit_began_ms_;
}

void App::check_idle() {
    if (is_resting()) {
        warns_idle_ = false;
        if (was_used_at_rest() && idle_for_ms() >= settings_.idle_ms) end_visit();
        return;
    }
    if (idle_for_ms() >= settings_.idle_ms + settings_.idle_warning_ms) {
        end_visit();
    } else if (idle_for_ms() >= settings_.idle_ms && !warns_idle_) {
        warns_idle_ = true;
        // Heard as well as seen, also by who looks elsewhere: one short question.
        if (!listening_) narrator_.say(strings_.get("idle.title"), strings_, parts_.voice);
    }
}

/// A vacancy closes by the kiosk's clock also while somebody fills in the form that it led to.
void App::check_prompt() {
    const Prompt& prompt = visit_.prompt;
    if (!visit_.answers() || prompt.closed || !prompt.closes_at) return;
    if (now() > *prompt.closes_at) visit_.close_prompt();
}

/// It may have been taken away: the answer closes the prompt where it is not there any more.
void App::look_up_prompt() {
    if (visit_.answers() && !visit_.prompt.vacancy.empty() && !visit_.prompt.closed)
        post(job::LoadVacancy{visit_.prompt.vacancy, visit_.prompt.agency, now()});
}

bool App::would_lose_answers() const {
    return std::ranges::any_of(stack_, [](const auto& page) { return page->holds_answers(); });
}

bool App::can_park() const {
    return visit_.answers() && !parking_ && facts_.store_ready && would_lose_answers();
}

void App::go_home() {
    if (!visit_.test_session.empty()) {
        effect::ForgetTest forget{visit_.test_session};
        run(forget);
    }
    visit_.forget_answers();
    effect::StartOver home{PageId::home};
    run(home);
}

void App::end_visit() {
    reset_speech();
    if (!visit_.test_session.empty()) post(job::ForgetTest{visit_.test_session});
    for (auto& page : stack_)
        left_.push_back(std::move(page));
    stack_.clear();
    visit_.wipe();
    undelivered_.clear();
    facts_.visit_delivered = false;
    ui_.wipe();
    asks_leave_ = warns_idle_ = parking_ = false;
    code_.reset();
    keypad_.clear();
    ++visit_number_;
    const std::string language = ui_settings_.language;
    ui_settings_ = settings_.ui;
    if (language != ui_settings_.language) {
        ui_settings_.language = language;
        show_language(settings_.ui.language);
    }
    word_ = {};
    visit_began_ms_ = last_act_ms_ = parts_.clock.monotonic_ms();
    const bool needs_enrolment =
        workers_ && !agencies_pinned_ && !settings_.start_page && facts_.enrolment != EnrolmentStep::unknown;
    push(needs_enrolment ? PageId::enrolment : PageId::attract, {});
}

void App::show_language(const std::string& language) {
    Result<Strings> strings = Strings::load(settings_.assets / "strings", language);
    if (!strings.ok()) return; // its chip would not be there; the page stays as it is
    strings_ = std::move(*strings);
    ui_settings_.language = language;
    if (wants_speech_) listen(true); // in the other voice, or not at all
    if (!stack_.empty()) tell_page(event::FactsChanged{});
}

void App::show_first_page() {
    const PageId first = settings_.start_page.value_or(PageId::attract);
    if (first == PageId::registration_form) {
        facts_.forms = shipped_form(settings_.assets, settings_.day.empty() ? "registration" : "day");
        if (const FormFact* fact = facts_.registration_form_of("")) {
            visit_.begin_registration(fact->form, {}, "");
            visit_.answers()->note_notice_shown(ui_settings_.language, now());
            push(PageId::home, {});
            push(first, {});
            return;
        }
    }
    if (first != PageId::attract && first != PageId::home && first != PageId::enrolment)
        push(PageId::home, {});
    push(first == PageId::registration_form ? PageId::home : first, {});
}

void App::show_brand(const Brand& brand) {
    if (brand.logo != brand_.logo) logo_ = logo_picture(brand.logo, settings_.ui.mm_per_px);
    brand_ = brand;
    ui_settings_.colours = settings_.ui.colours = brand.colours;
    greet();
}

void App::greet() {
    facts_.greetings.clear();
    for (const LanguageChoice& language : languages_) {
        const auto own = brand_.greetings.find(language.code);
        const std::string& text = own == brand_.greetings.end() ? language.greeting : own->second;
        // Plain Finnish asks as Finnish does: once is enough.
        const bool asked =
            std::ranges::any_of(facts_.greetings, [&](const auto& g) { return g.text == text; });
        if (!text.empty() && !asked) facts_.greetings.push_back({language.code, text, language.start});
    }
}

void App::push(PageId page, const PageArguments& arguments) {
    stack_.push_back(make_page(page, arguments, visit_));
    enter_top();
}

void App::enter_top() {
    wanted_focus_ = stack_.back()->first_focus();
    if (workers_) run(stack_.back()->enter(context()));
}

} // namespace vakant
