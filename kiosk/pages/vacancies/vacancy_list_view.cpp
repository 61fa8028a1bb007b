#include <algorithm>

#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/facet_words.h"
#include "kiosk/pages/vacancies/vacancy_list_page.h"

namespace vakant {
namespace {

std::string joined(std::initializer_list<std::string> parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

/// Why a card is there, where its title does not show it: the first word that needs saying.
std::string why_text(const VacancyCard& vacancy, const PageContext& in) {
    for (const WhyMatched& why : vacancy.why) {
        std::string_view key;
        if (why.kind == MatchKind::occupation) key = "vacancies.why.occupation";
        if (why.kind == MatchKind::group) key = "vacancies.why.group";
        if (why.kind == MatchKind::spelling) key = "vacancies.why.spelling";
        if (why.kind == MatchKind::text || why.place == MatchPlace::body) key = "vacancies.why.text";
        if (!key.empty())
            return in.strings.get(key, {{"typed", isolated(why.typed)}, {"found", isolated(why.found)}});
    }
    return {};
}

CardSpec card_for(const VacancyCard& vacancy, const PageContext& in) {
    CardSpec card;
    card.key = "vacancy." + vacancy.id;
    card.title = vacancy.title;
    card.title_language = same_language(vacancy.language, in.language) ? "" : vacancy.language;
    card.summary = vacancy.summary;
    if (std::string who = who_and_where(vacancy, in); !who.empty()) card.lines.push_back(std::move(who));
    card.summary_after = card.lines.size();
    if (std::string why = why_text(vacancy, in); !why.empty()) card.lines.push_back(std::move(why));
    std::string kind = joined(
        {employment_text(in.strings, vacancy.employment), hours_text(in.strings, vacancy.hours)}, " · ");
    if (!kind.empty()) card.lines.push_back(std::move(kind));
    card.badge = deadline_text(in, vacancy.deadline, vacancy.deadline_at);
    if (card.badge.empty()) card.badge = in.strings.get("deadline.none_stated");
    return card;
}

} // namespace

void VacancyListPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (state_.narrowing) return view_filters(ui, in, out);
    if (state_.deepens_at_ms && in.monotonic_ms >= *state_.deepens_at_ms) out.push_back(intent::LookDeeper{});
    // Side by side where the screen is wide; a high one has the room for whole lines.
    constexpr float halves[] = {1, 1}, whole[] = {1};
    const bool is_high = ui.settings().is_portrait() && !ui.settings().reach;
    if (is_high) {
        ui.begin_columns("head", whole);
    } else {
        ui.begin_columns("head", halves);
    }
    ui.heading("title", in.strings.get("vacancies.list.title"));
    view_boards(ui, in, out);
    ui.next_column();
    view_search(ui, in, out);
    ui.end_columns();
    const bool own = state_.query.board == Board::own;
    const auto say_whose = [&] {
        ui.text("whose", in.strings.get(own ? "vacancies.list.own_help" : "vacancies.list.others_help"),
                TextLook::secondary);
    };
    const bool answer_first = ui.shows_little(), finds_nothing = state_.results && total() == 0;
    if (!answer_first) say_whose();
    if (!answer_first || !finds_nothing) view_active(ui, in, out);
    view_results(ui, in, out);
    if (answer_first && finds_nothing) view_active(ui, in, out);
    if (answer_first) say_whose();
    view_actions(ui, in, out);
}

void VacancyListPage::view_search(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    FieldSpec field;
    field.kind = FieldSpec::Kind::search;
    field.name = in.strings.get("vacancies.list.search");
    field.max_length = 80;
    field.is_private = false;
    field.placeholder = in.strings.get("vacancies.list.search_example");
    if (auto words = ui.field("search", field, state_.query.words)) out.push_back(intent::SetWords{*words});
}

void VacancyListPage::view_boards(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const bool own = state_.query.board == Board::own;
    const auto name = [&](std::string_view key, std::size_t VacancyResults::*total) {
        if (!state_.results) return s.get(key);
        return s.get(std::string(key) + "_count",
                     {{"count", static_cast<std::int64_t>((*state_.results).*total)}});
    };
    const std::vector<ChoiceSpec> tabs = {
        {"own", name("vacancies.list.own", &VacancyResults::own_total), own, ""},
        {"others", name("vacancies.list.others", &VacancyResults::others_total), !own, ""}};
    if (const auto tab = ui.tabs("board", tabs)) {
        out.push_back(intent::ShowBoard{*tab == 0 ? Board::own : Board::others});
    }
}

void VacancyListPage::view_results(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    if (state_.problem) return view_unreadable(ui, in);
    if (!state_.results) {
        ui.text("state", s.get("vacancies.list.loading"), TextLook::secondary);
        return;
    }
    if (total() == 0) {
        view_nothing(ui, in, out);
    } else {
        if (state_.results->relaxed) ui.text("relaxed", s.get("vacancies.list.relaxed"), TextLook::secondary);
        std::vector<CardSpec> cards;
        for (const VacancyCard& vacancy : state_.results->cards)
            cards.push_back(card_for(vacancy, in));
        if (const auto pressed = ui.cards("results", cards, 2)) {
            out.push_back(intent::OpenVacancy{state_.results->cards[*pressed].id});
        }
    }
    ui.text("heard", heard_text(in), TextLook::small);
}

void VacancyListPage::view_active(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const std::vector<FacetChoice>& choices = state_.query.choices;
    if (choices.empty()) return;
    std::vector<ChoiceSpec> specs;
    for (const FacetChoice& choice : choices)
        specs.push_back({"active." + std::string(word_for(choice.facet)) + "." + choice.value,
                         name_of_choice(choice, in), true, ""});
    if (const auto pressed = ui.choices("active", in.strings.get("vacancies.list.active"), specs)) {
        out.push_back(intent::ToggleFacet{choices[*pressed], ""});
    }
}

void VacancyListPage::view_nothing(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const bool elsewhere = state_.results->own_total + state_.results->others_total > 0;
    if (!state_.query.choices.empty()) {
        ui.state("state", StateLook::empty, s.get("vacancies.list.none_filtered"),
                 s.get("vacancies.list.none_filtered_do"));
        if (ui.button("clear", s.get("vacancies.list.clear"), ButtonLook::secondary, Icon::cross))
            out.push_back(intent::DropFacets{});
    } else if (!state_.query.words.empty()) {
        ui.state("state", StateLook::empty,
                 s.get(elsewhere ? "vacancies.list.none_here" : "vacancies.list.none_found"),
                 elsewhere ? "" : s.get("vacancies.list.none_found_do"));
    } else {
        const bool nothing_yet = !in.facts.last_heard_at && !elsewhere;
        const std::string_view what = nothing_yet ? "vacancies.list.not_arrived"
                                      : elsewhere ? "vacancies.list.none_here"
                                                  : "vacancies.list.empty";
        const std::string what_to_do = nothing_yet ? s.get("vacancies.list.not_arrived_do")
                                       : elsewhere ? std::string()
                                                   : s.get("vacancies.list.empty_do");
        ui.state("state", nothing_yet ? StateLook::offline : StateLook::empty, s.get(what), what_to_do);
    }
}

void VacancyListPage::view_actions(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const VacancyQuery& query = state_.query;
    std::vector<ActionSpec> actions = {back_action(in)};
    std::vector<Intent> intents = {intent::GoBack{}};
    actions.push_back(
        {"filters", s.get("vacancies.list.filters"), ButtonLook::secondary, Icon::settings, true, false});
    intents.push_back(intent::NarrowDown{true});
    if (state_.problem) {
        actions.push_back(again_action(in));
        intents.push_back(intent::TryAgain{});
    } else if (query.offset > 0) {
        actions.push_back(
            {"earlier", s.get("vacancies.list.earlier"), ButtonLook::secondary, Icon::earlier, true, true});
        intents.push_back(intent::ShowFrom{query.offset - std::min(query.offset, query.limit)});
    }
    if (!state_.problem && query.offset + query.limit < total()) {
        actions.push_back(
            {"later", s.get("vacancies.list.later"), ButtonLook::primary, Icon::later, true, true});
        intents.push_back(intent::ShowFrom{query.offset + query.limit});
    }
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

} // namespace vakant
