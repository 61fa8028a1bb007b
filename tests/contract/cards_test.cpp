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
