// The board's filters: large choices with how many vacancies each would leave.
#include <algorithm>

#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/facet_words.h"
#include "kiosk/pages/vacancies/vacancy_list_page.h"

namespace vakant {
namespace {

constexpr std::size_t countable = 1000; ///< counts are exact to it
constexpr std::size_t most_places = 12;
/// What is there or not, shown together.
constexpr Facet yes_facets[]{Facet::no_training, Facet::no_licence, Facet::training, Facet::closing_soon};

std::int64_t number(std::size_t count) {
    return static_cast<std::int64_t>(count);
}

std::string found_text(std::size_t total, const Strings& s) {
    if (total > countable) return s.get("vacancies.filters.found_many");
    return s.get("vacancies.filters.found", {{"count", number(total)}});
}

std::string_view word_for(SortBy sort) {
    switch (sort) {
    case SortBy::best_match:
        return "best_match";
    case SortBy::newest:
        return "newest";
    case SortBy::closing_first:
        return "closing_first";
    case SortBy::title:
        return "title";
    case SortBy::nearest:
        return "nearest";
    }
    return "";
}

} // namespace

void VacancyListPage::view_filters(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("vacancies.filters.title"));
    ui.text("found", state_.results ? found_text(total(), s) : s.get("vacancies.list.loading"),
            TextLook::strong);
    if (state_.results) {
        for (const Facet facet :
             {Facet::field, Facet::region, Facet::municipality, Facet::hours, Facet::term, Facet::language})
            view_facet(ui, in, facet, out);
        view_yes_facets(ui, in, out);
    }
    view_order(ui, in, out);
    std::vector<ActionSpec> actions = {back_action(in)};
    std::vector<Intent> intents = {intent::NarrowDown{false}};
    if (!state_.query.choices.empty()) {
        actions.push_back(
            {"clear", s.get("vacancies.list.clear"), ButtonLook::secondary, Icon::cross, true, true});
        intents.push_back(intent::DropFacets{});
    }
    actions.push_back(
        {"show", s.get("vacancies.filters.show"), ButtonLook::primary, Icon::check, true, true});
    intents.push_back(intent::NarrowDown{false});
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

ChoiceSpec VacancyListPage::spec_for(const FacetCount& count, std::string key, const PageContext& in) const {
    const std::string name = facet_value_text({count.facet, count.value}, count.label, in);
    ChoiceSpec spec;
    spec.key = std::move(key);
    spec.name = count.count > countable ? in.strings.get("vacancies.filters.value_many", {{"name", name}})
                                        : in.strings.get("vacancies.filters.value",
                                                         {{"name", name}, {"count", number(count.count)}});
    spec.selected = count.chosen;
    return spec;
}

void VacancyListPage::view_facet(Ui& ui, const PageContext& in, Facet facet, std::vector<Intent>& out) const {
    std::vector<const FacetCount*> shown;
    std::size_t left_out = 0;
    for (const FacetCount& count : state_.results->counts) {
        if (count.facet != facet || (count.count == 0 && !count.chosen)) continue;
        const bool room = facet != Facet::municipality || state_.all_places || shown.size() < most_places;
        if (room || count.chosen) {
            shown.push_back(&count);
        } else {
            ++left_out;
        }
    }
    if (shown.empty()) return;
    std::vector<ChoiceSpec> specs;
    for (const FacetCount* count : shown)
        specs.push_back(
            spec_for(*count, "facet." + std::string(vakant::word_for(facet)) + "." + count->value, in));
    const std::string word(vakant::word_for(facet));
    if (const auto pressed =
            ui.choices("facet." + word, in.strings.get("vacancies.filters." + word), specs)) {
        const FacetCount& count = *shown[*pressed];
        out.push_back(intent::ToggleFacet{{facet, count.value}, count.label});
    }
    if (left_out > 0 && ui.button("all_places", in.strings.get("vacancies.filters.all_places"))) {
        out.push_back(intent::ShowAllPlaces{});
    }
}

void VacancyListPage::view_yes_facets(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    std::vector<ChoiceSpec> specs;
    std::vector<Facet> facets;
    for (const Facet facet : yes_facets) {
        for (const FacetCount& count : state_.results->counts) {
            if (count.facet != facet || (count.count == 0 && !count.chosen)) continue;
            specs.push_back(spec_for(count, "facet." + std::string(vakant::word_for(facet)), in));
            facets.push_back(facet);
        }
    }
    if (specs.empty()) return;
    if (const auto pressed = ui.choices("facet.more", in.strings.get("vacancies.filters.more"), specs)) {
        out.push_back(intent::ToggleFacet{{facets[*pressed], "yes"}, ""});
    }
}

void VacancyListPage::view_order(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    std::vector<SortBy> orders{SortBy::newest, SortBy::closing_first, SortBy::title};
    if (in.facts.stands_at.is_known()) orders.push_back(SortBy::nearest);
    const bool searched = !state_.query.words.empty();
    if (searched) orders.insert(orders.begin(), SortBy::best_match);
    std::vector<ChoiceSpec> specs;
    for (const SortBy order : orders) {
        const std::string word(word_for(order));
        // Without words the best match is the newest.
        const bool selected = order == state_.query.sort || (!searched && order == SortBy::newest &&
                                                             state_.query.sort == SortBy::best_match);
        specs.push_back({"sort." + word, in.strings.get("vacancies.filters.sort." + word), selected, ""});
    }
    if (const auto pressed = ui.choice("sort", in.strings.get("vacancies.filters.sort"), specs)) {
        out.push_back(intent::SortBoard{orders[*pressed]});
    }
}

} // namespace vakant
