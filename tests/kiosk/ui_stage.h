// A Ui without a window: draws a page as often as a test asks and touches what it shows.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <memory>

#include "kiosk/ui/draw_frame.h"
#include "kiosk/ui/ui.h"
#include "tests/places.h"

namespace vakant {

class UiStage {
public:
    explicit UiStage(std::string language = "fi") {
        settings.language = std::move(language);
        auto opened = TextEngine::open(FontFiles::installed());
        REQUIRE(opened.ok());
        engine = std::move(opened).value();
        ui = std::make_unique<Ui>(*engine);
        spec.brand = "Vakant";
        spec.languages = {{"fi", "Suomi"}, {"en", "English"}, {"ar", "العربية"}};
    }

    /// One frame.
    void draw() {
        if (!strings || strings->language() != settings.language) {
            auto loaded = Strings::load(source_dir() + "/assets/strings", settings.language);
            REQUIRE(loaded.ok());
            strings = std::make_unique<Strings>(std::move(loaded).value());
        }
        ui->begin_frame(settings, *strings, page_id, now);
        intent = ui->frame(spec);
        page(*ui);
        result = ui->end_frame();
        now += 16;
    }
    /// Frames until nothing moves any more.
    void rest() {
        int frames = 0;
        do {
            draw();
            REQUIRE(++frames < 2000);
        } while (result.animating);
    }

    const SemanticNode& node(std::string_view key) const {
        const SemanticNode* found = ui->tree().find(key);
        INFO("node " << key);
        REQUIRE(found != nullptr);
        return *found;
    }
    bool shows(std::string_view key) const { return ui->tree().find(key) != nullptr; }

    void send(UiEvent event) {
        event.at_ms = now;
        ui->handle(event);
    }
    void pointer(UiEvent::Kind kind, float x, float y) {
        UiEvent event;
        event.kind = kind;
        event.x = x;
        event.y = y;
        send(event);
    }
    void press(std::string_view key) {
        const Rect r = node(key).rect;
        pointer(UiEvent::Kind::press, r.x + r.w / 2, r.y + r.h / 2);
    }
    void release(std::string_view key) {
        const Rect r = node(key).rect;
        pointer(UiEvent::Kind::release, r.x + r.w / 2, r.y + r.h / 2);
    }
    /// Pressed and released between two frames.
    void tap(std::string_view key) {
        press(key);
        now += 5;
        release(key);
        now += 90;
    }
    void keys(Move move) {
        settings.show_focus = true;
        UiEvent event;
        event.kind = UiEvent::Kind::move_focus;
        event.move = move;
        send(event);
    }
    void key(UiEvent::Kind kind) {
        UiEvent event;
        event.kind = kind;
        send(event);
    }
    void type(std::u32string_view text) {
        for (const char32_t c : text) {
            UiEvent event;
            event.kind = UiEvent::Kind::character;
            event.character = c;
            send(event);
        }
    }

    UiSettings settings;
    FrameSpec spec;
    std::string page_id = "test";
    std::function<void(Ui&)> page = [](Ui&) {};
    std::unique_ptr<TextEngine> engine;
    std::unique_ptr<Strings> strings;
    std::unique_ptr<Ui> ui;
    FrameIntent intent;
    Ui::FrameResult result;
    std::int64_t now = 10'000;
};

} // namespace vakant
