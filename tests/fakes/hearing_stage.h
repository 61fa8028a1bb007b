// Somebody who uses the kiosk by hearing, in English unless the test says otherwise.
#pragma once

#include "tests/fakes/kiosk_stage.h"

namespace vakant {

class HearingStage : public KioskStage {
public:
    explicit HearingStage(const std::string& language = "en") : KioskStage(language) {}

    /// At the first question, with speech on.
    void begin() {
        start();
        press("bar.listen");
    }
    void open_form() {
        begin();
        press("register");
        press("next");
        REQUIRE(page() == PageId::registration_form);
    }
    /// From the form's first page, with what has to be answered.
    void fill_in_to_review() {
        write("field.given_names", U"Aino");
        write("field.family_name", U"Kanerva");
        press("next");
        press("field.contact_way.telephone");
        write("field.telephone", U"0401234567");
        for (int step = 0; step < 25 && page() != PageId::registration_review; ++step)
            press("next");
        REQUIRE(page() == PageId::registration_review);
    }
    /// With the keypad's next key.
    void step_to(std::string_view key) {
        for (int i = 0; i < 40 && !node(key).focused; ++i)
            keypad(KeypadKey::next);
        REQUIRE(node(key).focused);
    }
    bool heard(std::string_view words) const {
        return std::ranges::any_of(
            voice.told, [&](const std::string& told) { return told.find(words) != std::string::npos; });
    }
    const std::string& last_heard() const { return voice.told.back(); }
};

} // namespace vakant
