// Whether the ring around what has the focus is seen, measured in the drawn picture: on what it stands on and
// on the control that it is around.
#include <algorithm>
#include <set>

#include "tests/contract/pictures.h"
#include "tests/contract/pixel_contract.h"
#include "tests/contract/walks.h"

using namespace vakant;

namespace {

/// Where there is every kind of control, on every surface that there is.
const std::set<std::string> telling = {"attract",
                                       "home",
                                       "vacancies.list",
                                       "vacancies.list-filters-chosen",
                                       "vacancies.page-own",
                                       "registration.form-with-errors",
                                       "registration.form-with-keyboard",
                                       "registration.form-with-number-pad",
                                       "registration.form-with-suggestions",
                                       "registration.form-with-a-job",
                                       "registration.agencies-chosen",
                                       "registration.consents",
                                       "registration.thanks",
                                       "skills.intro",
                                       "skills.typing",
                                       "languages",
                                       "leave-question",
                                       "staff-stick",
                                       "about"};

/// Goes by keys through everything that can have the focus, and once around each kind of key.
void look_at_rings(const Look& look, std::size_t& seen, std::vector<std::string>& breaches) {
    std::set<std::string> known;
    const Look small = halved(look);
    walk_all(small, [&](const std::string& state, KioskStage& stage) {
        if (!telling.contains(state)) return;
        const std::size_t count = stage.app->tree().nodes().size();
        for (std::size_t i = 0; i < count; ++i) {
            stage.keypad(KeypadKey::next);
            const App::Frame frame = stage.draw();
            const auto& nodes = stage.app->tree().nodes();
            const auto focused = std::ranges::find(nodes, true, &SemanticNode::focused);
            if (focused == nodes.end()) break;
            if (!known.insert(focused->key).second) continue;
            ++seen;
            const StagePicture picture(*frame.draw);
            for (std::string& breach :
                 ring_breaches(picture, *focused, palette_of(look.theme), small.mm_per_px))
                breaches.push_back(state + ": " + std::move(breach));
        }
    });
}

} // namespace

TEST_CASE("accessibility 15: in the picture the ring stands out three to one from what is around it and from "
          "its control") {
    for (const Theme theme : {Theme::light, Theme::high_contrast, Theme::dark}) {
        Look look;
        look.theme = theme;
        std::size_t seen = 0;
        std::vector<std::string> breaches;
        look_at_rings(look, seen, breaches);
        for (const std::string& breach : breaches)
            FAIL_CHECK("theme " << static_cast<int>(theme) << ", " << breach);
        CHECK(seen > 120);
    }
}

TEST_CASE("the measure of the ring notices one that is not there and one that stands elsewhere") {
    KioskStage stage;
    stage.start();
    const SemanticNode card = stage.node("about");
    CHECK(ring_breaches(StagePicture(*stage.draw().draw), card, palette_of(Theme::light), 0.248f).size() ==
          2); // nothing has the focus
    stage.keypad(KeypadKey::next);
    const auto& nodes = stage.app->tree().nodes();
    const SemanticNode focused = *std::ranges::find(nodes, true, &SemanticNode::focused);
    const App::Frame frame = stage.draw();
    CHECK(ring_breaches(StagePicture(*frame.draw), focused, palette_of(Theme::light), 0.248f).empty());
    SemanticNode beside = focused; // as if the ring stood elsewhere
    beside.rect.y = 0, beside.rect.h = 8;
    CHECK_FALSE(ring_breaches(StagePicture(*frame.draw), beside, palette_of(Theme::light), 0.248f).empty());
}
