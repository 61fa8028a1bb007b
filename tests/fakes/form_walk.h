// How a person gets through a registration at the kiosk of a KioskStage: the beginnings that tests share, and
// a walk that answers a list of questions page by page.
#pragma once

#include "tests/fakes/kiosk_stage.h"

namespace vakant {

/// To the first question.
inline void open_form(KioskStage& stage) {
    stage.start();
    stage.touch("register");
    stage.press("next");
}
/// What alone is required.
inline void name_and_contact(KioskStage& stage) {
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
    stage.press("next");
    stage.press("field.contact_way.come_back");
}
/// Presses Next until that node is there.
inline void go_to(KioskStage& stage, std::string_view key) {
    for (int i = 0; i < 25 && !stage.shows(key); ++i)
        stage.press("next");
    INFO("looked for " << key);
    REQUIRE(stage.shows(key));
}
/// The keyboard stays open, and with it what the field offers.
inline void begin_writing(KioskStage& stage, std::string_view key, std::u32string_view text) {
    stage.press(key);
    for (const char32_t c : text)
        stage.character(c);
    stage.rest();
}

/// By finger, as far down the page as it takes.
inline void touch_in_view(KioskStage& stage, const std::string& key) {
    for (int i = 0; i < 20 && !stage.node(key).on_screen; ++i)
        stage.touch("scroll.down");
    REQUIRE(stage.node(key).on_screen);
    stage.touch(key);
}

/// Something that a person does on a page of the form: presses what has this key, or writes into it.
struct Step {
    std::string key;
    std::u32string words = {};  ///< none: it is pressed
    bool keeps_writing = false; ///< the keyboard stays open
};
/// Each step in its turn where its key is on the page, then Next, until what was answered can be sent.
inline void walk_to_review(KioskStage& stage, const std::vector<Step>& steps) {
    std::size_t next = 0;
    for (int pages = 0; pages < 40 && stage.page() != PageId::registration_review; ++pages) {
        INFO("the next step would be " << (next < steps.size() ? steps[next].key : "none"));
        for (; next < steps.size() && stage.shows(steps[next].key); ++next) {
            const Step& step = steps[next];
            if (step.words.empty()) {
                stage.press(step.key);
            } else if (step.keeps_writing) {
                begin_writing(stage, step.key, step.words);
            } else {
                stage.write(step.key, step.words);
            }
        }
        stage.press("next");
    }
    INFO("the next step would be " << (next < steps.size() ? steps[next].key : "none"));
    REQUIRE(next == steps.size());
    REQUIRE(stage.page() == PageId::registration_review);
}

} // namespace vakant
