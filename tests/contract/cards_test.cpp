// Cards of the board, measured in the drawn picture.
#include <algorithm>
#include <cmath>
#include <optional>

#include "kiosk/ui/theme.h"
#include "tests/contract/walks.h"
#include "tests/fakes/stage_picture.h"

using namespace vakant;

namespace {

/// Where the one badge in the picture stands: the light theme has its border's colour nowhere else.
std::optional<Rect> badge_in(const StagePicture& picture) {
    const Colour edge = palette_of(Theme::light).warning;
    int left = picture.width, right = -1, top = picture.height, bottom = -1;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            if (picture.at(x, y) != edge) continue;
            left = std::min(left, x), right = std::max(right, x);
            top = std::min(top, y), bottom = std::max(bottom, y);
        }
    }
    if (right < 0) return std::nullopt;
    return Rect{static_cast<float>(left), static_cast<float>(top), static_cast<float>(right - left + 1),
                static_cast<float>(bottom - top + 1)};
}

/// How many pixels right around the rectangle, up to `room` away, are anything but the card.
int strangers_around(const StagePicture& picture, const Rect& rect, int room) {
    const Colour card = palette_of(Theme::light).surface;
    int strangers = 0;
    const int left = static_cast<int>(rect.x), right = static_cast<int>(rect.right());
    const int top = static_cast<int>(rect.y), bottom = static_cast<int>(rect.bottom());
    for (int y = top - room; y < bottom + room; ++y) {
        for (int x = left - room; x < right + room; ++x) {
            const bool is_within = x >= left - 1 && x <= right && y >= top - 1 && y <= bottom;
            if (!is_within && picture.at(x, y) != card) ++strangers;
        }
    }
    return strangers;
}

void show_one_card(KioskStage& stage, const Look& look, const Vacancy& vacancy) {
    UiSettings& ui = stage.settings.ui;
    ui.text_scale = look.text_scale;
    ui.width_px = look.width_px;
    ui.height_px = look.height_px;
    ui.mm_per_px = look.mm_per_px;
    stage.workers.vacancies = {vacancy};
    stage.start();
    stage.press("browse");
    for (int pages = 0; pages < 5; ++pages) {
        const Rect card = stage.node("vacancy.own1").rect;
        const bool is_whole = !stage.shows("scroll.down") || !stage.node("scroll.down").enabled ||
                              card.bottom() < stage.node("back").rect.y;
        if (is_whole) return;
        stage.press("scroll.down");
    }
}

} // namespace

TEST_CASE("nothing touches the badge that says when a vacancy closes, however long the lines above it are") {
    const std::string long_name = "Pohjois-Pirkanmaan kiinteistönhuolto- ja siivouspalvelujen osuuskunta ja "
                                  "hyvinvointialueen yhteiset tukipalvelut";
    const std::vector<std::pair<float, float>> screens = {{1920, 1080}, {1080, 1920}};
    std::size_t seen = 0;
    for (const char* language : {"fi", "ar"}) {
        for (const float scale : {0.75f, 1.0f, 1.33f, 1.75f}) {
            for (const auto& [width, height] : screens) {
                for (const std::size_t letters : {12u, 24u, 34u, 44u, 110u}) {
                    KioskStage stage(language);
                    Vacancy vacancy = demo_vacancy("own1", "Siivooja", true);
                    vacancy.employer = long_name.substr(0, letters);
                    vacancy.deadline = DeadlineKind::on_date;
                    vacancy.deadline_at = stage.clock.wall_ms() + 3 * 86'400'000ll;
                    show_one_card(stage, {language, scale, Theme::light, width, height}, vacancy);
                    const StagePicture picture(*stage.draw().draw);
                    const auto badge = badge_in(picture);
                    INFO(language << ", text " << scale << ", " << width << " x " << height << ", " << letters
                                  << " letters");
                    REQUIRE(badge.has_value());
                    CHECK(strangers_around(picture, *badge, 6) == 0);
                    ++seen;
                }
            }
        }
    }
    CHECK(seen == 80);
}

namespace {

struct ShownBoard {
    std::string excerpt;             ///< of the first card
    float card_height = 0;           ///< in millimetres of text
    bool next_title_in_view = false; ///< of the row below
};

ShownBoard board_in(const Look& look, const std::string& summary) {
    KioskStage stage(look.language);
    UiSettings& ui = stage.settings.ui;
    ui.text_scale = look.text_scale;
    ui.width_px = look.width_px;
    ui.height_px = look.height_px;
    ui.mm_per_px = look.mm_per_px;
    for (int i = 1; i <= 8; ++i) {
        Vacancy vacancy = demo_vacancy("own" + std::to_string(i), "Siivooja", true);
        vacancy.texts.front().summary = summary;
        stage.workers.vacancies.push_back(vacancy);
    }
    stage.start();
    stage.press("browse");
    const Rect first = stage.node("vacancy.own1").rect;
    float below = 0;
    for (int i = 8; i > 1; --i) {
        const Rect other = stage.node("vacancy.own" + std::to_string(i)).rect;
        if (other.y > first.y + 1) below = other.y;
    }
    const float title = 60 * look.text_scale * 0.248f / look.mm_per_px;
    return {stage.node("vacancy.own1").excerpt, first.h, below + title < stage.node("back").rect.y};
}

} // namespace

TEST_CASE("a card says in a line or two what one does, as long as the titles of the next row stay in view") {
    const std::string summary = "Siivoat toimistoja aamuisin hyvien kulkuyhteyksien varrella, pidät huolta "
                                "koneista ja tilaat aineet yhdessä muiden kanssa.";
    const Look landscape, portrait{"fi", 1, Theme::light, 1080, 1920, 0.3113f};
    const ShownBoard wide = board_in(landscape, summary), high = board_in(portrait, summary);
    CHECK(wide.excerpt == summary);
    CHECK(wide.next_title_in_view);
    CHECK(high.excerpt == summary);
    const float wide_line = wide.card_height - board_in(landscape, "").card_height;
    const float high_lines = high.card_height - board_in(portrait, "").card_height;
    CHECK(wide_line > 30);
    CHECK(high_lines * 0.3113f == Approx(2 * wide_line * 0.248f).margin(1));
    Look large = landscape;
    large.text_scale = 1.75f;
    CHECK(board_in(large, summary).excerpt.empty());
    large.language = "ar";
    CHECK(board_in(large, summary).excerpt.empty());
    Look large_portrait = portrait;
    large_portrait.text_scale = 1.75f;
    const ShownBoard one_line = board_in(large_portrait, summary);
    CHECK(one_line.excerpt == summary);
    CHECK(one_line.next_title_in_view);
    CHECK((one_line.card_height - board_in(large_portrait, "").card_height) * 0.3113f ==
          Approx(1.75 * wide_line * 0.248f).margin(1));
}
