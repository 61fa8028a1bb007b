#include "kiosk/pages/registration/slip_pages.h"
#include "kiosk/pages/shown.h"

namespace vakant {

void SlipPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.slip.title"));
    std::vector<CardSpec> cards;
    std::vector<PageId> pages;
    const auto add = [&](const std::string& key, Icon icon, PageId page) {
        CardSpec card;
        card.key = key;
        card.title = s.get("registration.slip." + key + ".title");
        card.lines = {s.get("registration.slip." + key + ".line")};
        card.icon = icon;
        cards.push_back(std::move(card));
        pages.push_back(page);
    };
    add("take_up", Icon::person, PageId::registration_take_up);
    add("withdraw", Icon::cross, PageId::registration_withdraw);
    if (const auto pressed = ui.cards("cards", cards, 2)) out.push_back(intent::OpenPage{pages[*pressed]});
    const std::vector<ActionSpec> actions = {back_action(in)};
    if (ui.actions(actions)) out.push_back(intent::GoBack{});
}

std::vector<Effect> SlipPage::update(const Intent& intent, const PageContext&) {
    if (const auto* open = std::get_if<intent::OpenPage>(&intent))
        return {effect::GoTo{open->page, {}, false}};
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    return {};
}

} // namespace vakant
