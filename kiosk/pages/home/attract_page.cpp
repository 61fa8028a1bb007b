#include "kiosk/pages/home/attract_page.h"

namespace vakant {

void AttractPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.space(24);
    ui.heading("title", s.get("attract.title"), HeadingLook::welcome);
    ui.text("what", s.get("attract.what"), TextLook::large);
    if (in.facts.board && in.facts.board->own + in.facts.board->others > 0) {
        const auto open = static_cast<std::int64_t>(in.facts.board->own + in.facts.board->others);
        ui.text("count", s.get("attract.count", {{"count", open}}), TextLook::secondary);
    }
    // The same question in every other language that the kiosk speaks, each in its own script.
    for (const std::string_view language : {"fi", "en", "ar"}) {
        if (language == in.language) continue;
        const std::string key = "attract.question." + std::string(language);
        ui.text(key, s.get(key), TextLook::strong, language);
    }
    ui.space(6);
    if (ui.button("start", s.get("attract.start"), ButtonLook::primary, Icon::forward)) {
        out.push_back(intent::OpenPage{PageId::home});
    }
}

std::vector<Effect> AttractPage::update(const Intent& intent, const PageContext&) {
    if (std::holds_alternative<intent::OpenPage>(intent)) return {effect::StartOver{PageId::home}};
    return {};
}

} // namespace vakant
