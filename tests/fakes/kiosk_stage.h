// The whole kiosk without window, disk and network: App with real Ui, text and strings over fake workers.
// Tests touch, type and read the semantic tree as a person reads the screen.
#pragma once

#include <catch2/catch.hpp>

#include "core/json/json.h"
#include "kiosk/app/app.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_workers.h"
#include "tests/places.h"

namespace vakant {

class SilentVoice final : public SpeechVoice {
public:
    std::vector<Utterance> said;   ///< everything, in order
    std::vector<std::string> told; ///< each time as one text, whatever its languages
    int silenced = 0;
    bool speaks = false; ///< as the test wants it
    void say(std::vector<Utterance> utterances) override {
        std::string all;
        for (Utterance& utterance : utterances) {
            all += (all.empty() ? "" : " ") + utterance.text;
            said.push_back(std::move(utterance));
        }
        told.push_back(std::move(all));
    }
    void silence() override { ++silenced; }
    bool speaking() const override { return speaks; }
    int rate = 0, volume = 0;
    void set_rate(int words_per_minute) override { rate = words_per_minute; }
    void set_volume(int percent) override { volume = percent; }
};

inline Vacancy demo_vacancy(const std::string& id, const std::string& title, bool own) {
    Vacancy vacancy;
    vacancy.id = id;
    vacancy.agency = "example";
    vacancy.source = own ? "own" : "jobtech";
    vacancy.source_id = id;
    vacancy.employer = own ? "Esimerkki Oy" : "Nordisk Städ AB";
    vacancy.texts.push_back(
        {own ? "fi" : "sv", title, "", "<p>" + title + "</p>", "Ensimmäinen kappale.\n\nToinen kappale."});
    Place place;
    place.city = own ? "Tampere" : "Göteborg";
    vacancy.places.push_back(place);
    vacancy.employment = Employment::permanent;
    vacancy.hours = Hours::full_time;
    vacancy.apply_at_kiosk = own;
    if (!own) {
        vacancy.apply_url = "https://example.org/apply/7";
        vacancy.apply_email = "jobb@example.org";
    }
    return vacancy;
}

class KioskStage {
public:
    FakeClock clock{1'795'424'400'000}; // 2026-11-23T09:00:00Z
    SeededRandom random{7};
    SilentVoice voice;
    FakeWorkers workers;
    std::unique_ptr<TextEngine> engine;
    std::unique_ptr<App> app;
    AppSettings settings;

    explicit KioskStage(std::string language = "fi") {
        settings.assets = source_dir() + "/assets";
        settings.ui.language = std::move(language);
        settings.program_version = "0.1.0";
        settings.backend_named = true;
        settings.ui.less_motion = true;
        report::DocumentsRead shipped = shipped_documents(settings.assets);
        workers.forms = std::move(shipped.forms);
        workers.tests = std::move(shipped.tests);
        workers.lists = std::move(shipped.lists);
        workers.last_heard_at = clock.wall_ms() - 60'000;
        agencies = {{"example", "Esimerkki Oy"}};
        auto opened = TextEngine::open(FontFiles::installed());
        REQUIRE(opened.ok());
        engine = std::move(opened).value();
    }
    std::vector<AgencyFact> agencies;

    /// The kiosk, enrolled and with its workers, as a person finds it.
    void start(std::optional<PageId> page = PageId::home) {
        settings.start_page = page;
        open();
        enrol();
        rest();
    }
    void open() {
        auto opened = App::open(settings, {clock, random, *engine, voice});
        REQUIRE(opened.ok());
        app = std::move(opened).value();
        draw();
        app->attach(workers);
        workers.tell(report::CacheChanged{true}); // as the real ones do once their cache is open
        workers.tell(report::StoreOpened{
            {{"journal_mode", "wal"}, {"synchronous", "2"}}, std::nullopt, std::nullopt, std::nullopt});
    }
    void enrol() {
        workers.tell(report::IdentityChanged{agencies, "KTR", true});
        SyncStatus status;
        status.enrolment = SyncStatus::Enrolment::done;
        status.online = true;
        status.last_heard_at = workers.last_heard_at;
        workers.tell(report::StatusChanged{status, std::nullopt});
    }
    App::Frame draw() { return app->frame(); }
    void rest() {
        for (int frames = 0; frames < 400; ++frames) {
            const App::Frame frame = draw();
            if (!frame.animating && app->settled()) return;
            clock.pass(16);
        }
        FAIL("the page never comes to rest");
    }

    const SemanticNode* find(std::string_view key) const { return app->tree().find(key); }
    const SemanticNode& node(std::string_view key) const {
        const SemanticNode* found = find(key);
        INFO("node " << key << " on page " << name_of(app->page()));
        REQUIRE(found != nullptr);
        return *found;
    }
    bool shows(std::string_view key) const { return find(key) != nullptr; }
    std::string name(std::string_view key) const { return node(key).name; }
    std::string value(std::string_view key) const { return node(key).value; }
    PageId page() const { return app->page(); }

    void send(UiEvent event) {
        event.at_ms = clock.monotonic_ms();
        app->handle(event);
    }
    /// By key, as speech and scripts do; then until nothing more follows.
    void press(std::string_view key) {
        node(key);
        UiEvent event;
        event.kind = UiEvent::Kind::activate;
        event.key = key;
        send(event);
        rest();
    }
    /// By finger. What is out of view is scrolled to first, as the focus does.
    void touch(std::string_view key) {
        const Rect r = node(key).rect;
        UiEvent event;
        event.x = r.x + r.w / 2;
        event.y = r.y + r.h / 2;
        event.kind = UiEvent::Kind::press;
        send(event);
        clock.pass(30);
        event.kind = UiEvent::Kind::release;
        send(event);
        clock.pass(
            400); // a second touch sooner would be a finger that bounces, or strikes what it cannot have read
        rest();
    }
    void back() {
        UiEvent event;
        event.kind = UiEvent::Kind::back;
        send(event);
        rest();
    }
    /// A key of the keypad, then until nothing more follows.
    void keypad(KeypadKey key) {
        app->press({key, clock.monotonic_ms()});
        rest();
    }
    void character(char32_t c) {
        UiEvent event;
        event.kind = UiEvent::Kind::character;
        event.character = c;
        send(event);
        draw();
    }
    /// Into a field, on its own keyboard, which is closed afterwards.
    void write(std::string_view key, std::u32string_view text) {
        press(key);
        for (const char32_t c : text)
            character(c);
        rest();
        if (shows("keyboard.ready")) press("keyboard.ready");
    }
    /// Time passes without anybody there.
    void wait(std::int64_t ms) {
        clock.pass(ms);
        rest();
    }
    void language(const std::string& code) { press("language." + code); }
};

} // namespace vakant
