// Ten people register at a person's pace: the time is that of the clock, moved by what people take for
// reading, deciding, touching and typing. Nothing sleeps.
#include <algorithm>

#include "core/base/bytes.h"
#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

// Slower than what is measured for practised adults: many read in a language that is not theirs.
constexpr std::int64_t ms_per_word = 400;       ///< 150 words a minute
constexpr std::int64_t ms_per_touch = 1'200;    ///< find it, reach it
constexpr std::int64_t ms_per_letter = 500;     ///< on a keyboard of glass, looking
constexpr std::int64_t ms_per_decision = 1'500; ///< what is my answer?
constexpr std::int64_t ms_to_look_over = 2'500; ///< a page whose questions need not be answered
constexpr std::int64_t five_minutes_ms = 300'000;
constexpr std::int64_t ninety_seconds_ms = 90'000;

class Walker {
public:
    explicit Walker(KioskStage& stage) : stage_(stage), began_(stage.clock.monotonic_ms()) {}

    void read(std::string_view key_start = "") {
        std::int64_t words = 0;
        for (const SemanticNode& node : stage_.app->tree().nodes()) {
            if (node.key.starts_with("keyboard.") || node.key.starts_with("bar.") ||
                node.key.starts_with("language."))
                continue;
            if (node.key.starts_with(key_start))
                words += static_cast<std::int64_t>(folded_words(node.name).size());
        }
        pass(words * ms_per_word);
    }
    void look_over() { pass(ms_to_look_over); }
    void touch(std::string_view key) {
        pass(ms_per_touch);
        stage_.press(key);
    }
    void choose(std::string_view key) {
        pass(ms_per_decision);
        touch(key);
    }
    void write(std::string_view key, std::u32string_view text) {
        pass(ms_per_decision);
        touch(key);
        for (const char32_t c : text) {
            pass(ms_per_letter);
            stage_.character(c);
        }
        stage_.rest();
        if (stage_.shows("keyboard.ready")) touch("keyboard.ready");
    }
    void next() { touch("next"); }
    std::int64_t ms() const { return stage_.clock.monotonic_ms() - began_; }

private:
    void pass(std::int64_t ms) {
        stage_.clock.pass(ms);
        stage_.draw();
    }
    KioskStage& stage_;
    std::int64_t began_;
};

struct Somebody {
    std::string language;
    std::u32string given, family, telephone;
    std::vector<std::string> ticks; ///< answers that they choose where they see them
    std::vector<std::pair<std::string, std::u32string>> words; ///< and those that they write
    bool has_job = false;
};

/// Everybody reads the notice and every question, and answers what they care for.
std::int64_t time_of(const Somebody& who) {
    KioskStage stage(who.language);
    stage.start();
    Walker walker(stage);
    walker.read();
    walker.touch("register");
    walker.read("notice");
    walker.next();
    walker.write("field.given_names", who.given);
    walker.write("field.family_name", who.family);
    walker.next();
    if (who.telephone.empty()) {
        walker.choose("field.contact_way.come_back");
    } else {
        walker.choose("field.contact_way.telephone");
        walker.write("field.telephone", who.telephone);
    }
    for (int page = 0; page < 25 && !stage.shows("send"); ++page) {
        walker.next();
        walker.look_over();
        for (const std::string& key : who.ticks) {
            if (stage.shows(key)) walker.choose(key);
        }
        const bool names_a_language = std::ranges::any_of(
            who.words, [](const auto& word) { return word.first.starts_with("field.languages"); });
        if (names_a_language && stage.shows("add.languages") && !stage.shows("entry.languages.1"))
            walker.touch("add.languages");
        for (const auto& [key, text] : who.words) {
            if (stage.shows(key)) walker.write(key, text);
        }
        if (who.has_job && stage.shows("add.jobs") && !stage.shows("field.jobs.1.employer")) {
            walker.touch("add.jobs");
            walker.write("field.jobs.1.employer", U"Kahvila Oy");
        }
    }
    walker.read("answer");
    walker.touch("send");
    walker.read();
    REQUIRE(stage.page() == PageId::registration_thanks);
    return walker.ms();
}

std::vector<Somebody> ten_people() {
    const std::u32string number = U"0401234567";
    return {
        {"fi", U"Aino", U"Kanerva", number, {"field.fields.cleaning", "field.start.now"}, {}, false},
        {"uk",
         U"Олена",
         U"Шевченко",
         number,
         {"field.fields.kitchen", "field.right_to_work.permit"},
         {},
         false},
        {"ar", U"ليلى", U"حداد", number, {"field.fields.sales"}, {}, false},
        {"ru",
         U"Иван",
         U"Петров",
         U"",
         {"field.fields.driving", "field.licence.C", "field.hours.full"},
         {},
         true},
        {"sv",
         U"Karin",
         U"Åström",
         number,
         {"field.fields.care", "field.employment.permanent"},
         {{"field.municipality", U"Åbo"}},
         true},
        {"fi-simple", U"Matti", U"Virta", U"", {"field.fields.warehouse"}, {}, false},
        {"en",
         U"Grace",
         U"Okoro",
         number,
         {"field.fields.office", "field.skills.computer", "field.start.month"},
         {{"field.languages.1.language", U"English"}},
         true},
        {"nb", U"Ola", U"Dahl", number, {"field.fields.factory", "field.moves.around"}, {}, false},
        {"fi",
         U"Eeva",
         U"Mäki",
         number,
         {"field.fields.care", "field.cards.first_aid", "field.hours.part"},
         {{"field.languages.1.language", U"suomi"}},
         false},
        {"en", U"Li", U"Wang", U"", {}, {}, false},
    };
}

} // namespace

TEST_CASE("the median of ten people registers in less than five minutes") {
    std::vector<std::int64_t> times;
    for (const Somebody& who : ten_people())
        times.push_back(time_of(who));
    std::ranges::sort(times);
    const std::int64_t median = (times[4] + times[5]) / 2;
    WARN("median " << median / 1000 << " s, shortest " << times.front() / 1000 << " s, longest "
                   << times.back() / 1000 << " s");
    CHECK(median < five_minutes_ms);
}

TEST_CASE("the short form of a recruitment day takes less than ninety seconds, its notice included") {
    KioskStage stage("en");
    stage.settings.day = "autumn-fair-2026";
    stage.start();
    stage.press("register");
    Walker walker(stage);
    walker.read("notice");
    walker.next();
    walker.write("field.given_names", U"Grace");
    walker.write("field.family_name", U"Okoro");
    walker.next();
    walker.choose("field.contact_way.telephone");
    walker.write("field.telephone", U"0401234567");
    walker.next();
    walker.choose("field.fields.care");
    walker.choose("field.spoken.en");
    walker.choose("field.start.now");
    walker.next();
    walker.look_over();
    walker.next();
    walker.look_over();
    walker.touch("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    WARN("the short form took " << walker.ms() / 1000 << " s");
    CHECK(walker.ms() < ninety_seconds_ms);
}
