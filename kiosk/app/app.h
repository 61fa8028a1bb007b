// The kiosk without a window: the page stack, effects, the idle reset, languages and appearances, speech. The
// shell feeds it events and draws what it returns; tests do the same. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "kiosk/app/narrator.h"
#include "kiosk/app/workers.h"
#include "kiosk/input/keypad.h"
#include "kiosk/pages/dialogs.h"
#include "kiosk/pages/page.h"
#include "kiosk/pages/visit.h"
#include "kiosk/speech/speaker.h"
#include "kiosk/ui/ui.h"

namespace vakant {

struct AppSettings {
    std::filesystem::path assets;
    UiSettings ui; ///< what every visit begins with
    std::string brand = "Vakant";
    std::optional<Brand> look; ///< until an agency's profile says otherwise
    std::string zone = "Europe/Helsinki";
    /// None: attract, or enrolment where no agency is pinned.
    std::optional<PageId> start_page;
    std::string staff_code; ///< "": the staff page has no door
    bool backend_named = false;
    std::string program_version;
    std::int64_t idle_ms = 120'000;
    std::int64_t idle_warning_ms = 30'000;
    bool has_printer = false;
    bool has_stick = false;     ///< the settings say where a memory stick is mounted
    StandsAt stands_at;         ///< for the vacancies that are nearest
    bool on_loudspeaker = true; ///< private values are not spoken
    std::string day;            ///< id of the recruitment day at which this kiosk stands; "": at none
};

struct AppParts {
    const Clock& clock;
    Random& random;
    TextEngine& text;
    SpeechVoice& voice;
};

/// "home", "registration", "vacancies.page" ...: none where there is no such page, or where it cannot stand
/// alone.
std::optional<PageId> start_page_named(std::string_view name);

class App {
public:
    /// Refused where the strings of the first language cannot be read.
    static Result<std::unique_ptr<App>> open(AppSettings settings, AppParts parts);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    /// After the first frame: nothing before it needs a store or the network.
    void attach(Workers& workers);
    void handle(const UiEvent& event);
    /// A key of the keypad.
    void press(const KeypadPress& pressed);
    /// What a barcode scanner read: the code of a slip opens its page, anything else is dropped with a word.
    void scanned(std::string_view code);
    /// The focus stands in a field or a typing test: letters, Space and the arrows are for the text.
    bool takes_letters() const;
    void resize(float width_px, float height_px);
    /// A script moved the clock: what is due is done now.
    void clock_moved();

    struct Frame {
        const DrawFrame* draw = nullptr; ///< until the next frame
        bool animating = false;
        std::optional<std::int64_t> wake_at_ms; ///< monotonic
        float page_height = 0;                  ///< pixels that header, actions and bar leave
    };
    /// Takes the workers' reports, shows the page, does what was asked of it until nothing more follows,
    /// speaks.
    Frame frame();
    /// No answer is outstanding: what the last frame showed stays until somebody does something.
    bool settled() const { return !workers_ || workers_->idle(); }
    /// What is shown has stood long enough for every touch to count.
    bool takes_touches() const { return !ui_.is_unread(parts_.clock.monotonic_ms()); }

    const SemanticTree& tree() const { return ui_.tree(); }
    PageId page() const { return stack_.back()->id(); }
    const UiSettings& ui_settings() const { return ui_settings_; }
    const KioskFacts& facts() const { return facts_; }
    const Visit& visit() const { return visit_; }
    bool listening() const { return listening_; }
    UtcMs now() const;

private:
    App(AppSettings settings, AppParts parts, Strings strings, std::vector<LanguageChoice> languages);
    struct Seen { ///< what one view found
        std::vector<Intent> intents;
        FrameIntent frame;
        std::optional<DialogAnswer> idle, leave;
        bool word_read = false;
        Ui::FrameResult result;
    };
    // app.cpp
    PageContext context() const;
    Seen view();
    bool respond(const Seen& seen);
    bool focus_first(); ///< of a page that has been shown once
    bool respond_to_frame(const FrameIntent& intent);
    bool begin_visit(); ///< from the attract page
    void respond_to_back();
    std::optional<std::int64_t> next_wake(const Ui::FrameResult& result) const;
    void tick();
    // app_keys.cpp
    bool speaks_aloud() const { return settings_.on_loudspeaker && !has_headset_; }
    void note_speech();
    void note_act();
    bool respond_to_keypad();
    void respond_to(KeypadKey key);
    void listen(bool on);
    void change_speech(int& step, int by, std::string_view word);
    void reset_speech();
    bool respond_to_code();
    std::string_view open_slip(std::string_view code);
    bool has_dialog() const { return warns_idle_ || asks_leave_ || !word_.empty(); }
    // app_visit.cpp
    void check_idle();
    std::int64_t idle_for_ms() const;
    bool is_resting() const;
    bool was_used_at_rest() const;
    void go_home();
    bool would_lose_answers() const;
    bool can_park() const;
    void end_visit();
    void show_language(const std::string& language);
    void show_first_page();
    void push(PageId page, const PageArguments& arguments);
    void enter_top();
    // app_effects.cpp
    void run(std::vector<Effect> effects);
    void run(effect::GoTo& it);
    void run(effect::GoBack&);
    void run(effect::StartOver& it);
    void run(effect::EndVisit&) { end_visit(); }
    void run(effect::Search& it) { post(job::Search{it.query, now()}); }
    void run(effect::LoadVacancy& it) { post(job::LoadVacancy{it.id, it.agency, now()}); }
    void run(effect::Finalise& it);
    void run(effect::BeginTest& it);
    void run(effect::KeepKey& it) { post(job::KeepKey{it}); }
    void run(effect::ForgetTest& it);
    void run(effect::ConfirmWords& it) { post(job::ConfirmWords{it.same}); }
    void run(effect::CheckStaffCode& it);
    void run(effect::SendNow&) { post(job::SendNow{true}); }
    void run(effect::TryAgain&) { post(job::TryAgain{}); }
    void run(effect::EnrolAgain&);
    void run(effect::ExchangeStick&) { post(job::ExchangeStick{}); }
    void run(effect::ChangeEase& it);
    void run(effect::ShowLanguage& it);
    // app_slips.cpp
    void run(effect::ParkForm&);
    void run(effect::TakeUpForm& it);
    void run(effect::Withdraw& it);
    void run(effect::Print& it);
    bool is_of_an_earlier_visit(const Event& event) const;
    void note(const Event& event);
    void delay(event::TakeUpFailed& failed);
    // app_effects.cpp again
    void post(Job job);
    bool take_reports();
    void take(report::Answered& it);
    void take(report::BoardRead& it);
    void take(report::DocumentsRead& it);
    void take(report::CacheChanged& it);
    void take(report::Sealed& it);
    void take(report::Delivered& it);
    void take(report::StatusChanged& it);
    void take(report::IdentityChanged& it);
    void take(report::StoreOpened& it);
    void show_brand(const Brand& brand);
    void take_brand();
    void greet();
    void take(report::ParkedCounted& it);
    void take(report::DiskSeen& it);
    void tell_page(const Event& event);
    void read_board();
    void check_prompt();
    void look_up_prompt();
    void enrolment_changed();

    AppSettings settings_;
    AppParts parts_;
    Workers* workers_ = nullptr;
    std::vector<LanguageChoice> languages_;
    Brand brand_;
    std::shared_ptr<const Picture> logo_;
    Strings strings_;
    UiSettings ui_settings_;
    Ui ui_;
    Narrator narrator_;
    KioskFacts facts_;
    Visit visit_;
    std::vector<std::unique_ptr<Page>> stack_; ///< never empty
    std::vector<std::unique_ptr<Page>> left_;  ///< pages that a running effect may still belong to
    std::set<std::string> undelivered_;        ///< envelopes of this visit
    std::string wanted_focus_; ///< of a page that has just opened, until it has been shown once
    bool listening_ = false;
    bool wants_speech_ = false; ///< asked for; not heard where the language has no voice
    bool was_speaking_ = false;
    std::int64_t speech_began_ms_ = 0;
    bool has_headset_ = false; ///< in the keypad's socket: it stays beyond a visit
    int volume_ = usual_volume_step, rate_ = usual_rate_step;
    std::string told_; ///< volume or rate that was just changed
    std::int64_t told_until_ms_ = 0;
    bool asks_leave_ = false;
    bool warns_idle_ = false;
    std::string_view word_;           ///< which word stands over the page, "": none
    std::vector<KeypadKey> keypad_;   ///< pressed since the last frame
    std::optional<std::string> code_; ///< read since the last frame
    bool board_asked_ = false, board_changed_ = false;
    bool agencies_pinned_ = false;
    std::int64_t last_act_ms_ = 0, visit_began_ms_ = 0;
    std::int64_t next_minute_ms_ = 0;
    int minutes_ = 0;
    int wrong_codes_ = 0;
    bool parking_ = false; ///< asked and not yet answered
    std::uint64_t visit_number_ = 0;
    int wrong_take_ups_ = 0;
    std::int64_t take_up_opens_at_ms_ = 0;
    std::int64_t door_opens_at_ms_ = 0;
    std::optional<std::int64_t> kiosk_offset_ms_;
};

} // namespace vakant
