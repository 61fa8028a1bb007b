#include "kiosk/pages/about/about_pages.h"

#include <array>

#include "kiosk/pages/shown.h"

namespace vakant {
namespace {

void view_sections(Ui& ui, const PageContext& in, std::string_view page,
                   std::span<const std::string_view> sections) {
    for (const std::string_view section : sections) {
        const std::string key = std::string(page) + "." + std::string(section);
        ui.subheading(std::string(section) + ".title", in.strings.get(key + ".title"));
        ui.text(std::string(section), in.strings.get(key + ".text"));
    }
}

std::vector<Effect> go(const Intent& intent) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* ease = std::get_if<intent::ChangeEase>(&intent))
        return {effect::ChangeEase{ease->double_strike, ease->less_motion, ease->hides_answers}};
    if (const auto* open = std::get_if<intent::OpenPage>(&intent))
        return {effect::GoTo{open->page, {}, false}};
    return {};
}

} // namespace

void AboutPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("about.title"));
    std::string agencies;
    for (const AgencyFact& agency : in.facts.agencies)
        agencies += (agencies.empty() ? "" : ", ") + isolated(agency.name);
    if (!agencies.empty()) ui.text("whose", s.get("about.whose", {{"agency", agencies}}), TextLook::strong);
    constexpr std::array<std::string_view, 5> sections = {"looking", "typing_in", "sealed", "leaving",
                                                          "rights"};
    view_sections(ui, in, "about", sections);
    ui.text("version", s.get("about.version", {{"version", isolated(in.facts.program_version)}}),
            TextLook::small);
    const std::vector<ActionSpec> actions = {
        back_action(in), {"staff", s.get("about.staff"), ButtonLook::quiet, Icon::settings, true, true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::OpenPage{PageId::staff});
        }
    }
}

std::vector<Effect> AboutPage::update(const Intent& intent, const PageContext&) {
    return go(intent);
}

void HelpPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    ui.heading("title", in.strings.get("help.title"));
    constexpr std::array<std::string_view, 5> sections = {"touch", "keys", "listen", "sizes", "person"};
    view_sections(ui, in, "help", sections);
    ui.subheading("ease.title", in.strings.get("help.ease.title"));
    if (ui.toggle("double_strike", in.strings.get("help.double_strike"), ui.settings().double_strike_ms > 0,
                  in.strings.get("help.double_strike.help")))
        out.push_back(intent::ChangeEase{.double_strike = true});
    if (ui.toggle("less_motion", in.strings.get("help.less_motion"), ui.settings().less_motion,
                  in.strings.get("help.less_motion.help")))
        out.push_back(intent::ChangeEase{.less_motion = true});
    const std::vector<ActionSpec> actions = {back_action(in)};
    if (ui.actions(actions)) out.push_back(intent::GoBack{});
}

std::vector<Effect> HelpPage::update(const Intent& intent, const PageContext&) {
    return go(intent);
}

} // namespace vakant
