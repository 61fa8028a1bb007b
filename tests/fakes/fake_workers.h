// Workers without threads: what App asks is answered at once from plain values, or when the test says so.
#pragma once

#include <algorithm>
#include <deque>

#include "core/base/written_code.h"
#include "core/json/json.h"
#include "core/text/text.h"
#include "kiosk/app/workers.h"

namespace vakant {

class FakeWorkers final : public Workers {
public:
    std::vector<Vacancy> vacancies;
    std::vector<OccupationEntry> occupations; ///< known of those of every vacancy
    std::vector<FormFact> forms;
    std::vector<TestFact> tests;
    std::vector<ProfileFact> profiles;
    std::shared_ptr<const ChoiceLists> lists;
    std::optional<UtcMs> last_heard_at;
    std::vector<Job> asked; ///< everything, in order
    std::optional<ErrorKind> search_fails, loading_fails, finalise_fails, keeping_fails;
    std::optional<ErrorKind> parking_fails;
    bool prints = true;
    std::optional<ErrorKind> stick_fails;
    std::string parked_draft; ///< what the one parked form holds, "" for none
    const Bytes right_code_bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const std::string right_code = to_hex(right_code_bytes);
    std::string parked_code = written_code(right_code_bytes);
    bool keeps_slowly = false; ///< keys and submissions are answered by finish_keeping()
    std::string next_reference = "KTR-0427-M";

    void post(Job job) override {
        asked.push_back(job);
        std::visit([this](auto& it) { answer(it); }, job);
    }
    std::optional<Report> next_report() override {
        if (reports.empty()) return std::nullopt;
        Report report = std::move(reports.front());
        reports.pop_front();
        return report;
    }
    bool idle() const override { return reports.empty(); }

    void finish_keeping() {
        for (Report& report : held)
            reports.push_back(std::move(report));
        held.clear();
    }
    void tell(Report report) { reports.push_back(std::move(report)); }
    void tell_page(Event event) { tell(report::Answered{std::move(event)}); }
    /// The jobs of one kind, in order.
    template <typename Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> out;
        for (const Job& job : asked) {
            if (const auto* it = std::get_if<Kind>(&job)) out.push_back(*it);
        }
        return out;
    }

private:
    std::deque<Report> reports;
    std::vector<Report> held;

    void keep(Event event) {
        if (keeps_slowly) {
            held.push_back(report::Answered{std::move(event)});
        } else {
            tell_page(std::move(event));
        }
    }
    void answer(const job::Search& it) {
        if (search_fails) {
            tell_page(event::SearchFailed{*search_fails});
            return;
        }
        VacancyResults results;
        results.query = it.query;
        const std::string words = folded(it.query.words);
        std::size_t seen = 0;
        for (const Vacancy& vacancy : vacancies) {
            if (!is_open_at(vacancy, it.now)) continue;
            if (!it.query.agency.empty() && vacancy.agency != it.query.agency) continue;
            if (folded(vacancy.text_for(it.query.language).title).find(words) == std::string::npos) continue;
            if ((it.query.board == Board::own) == vacancy.apply_at_kiosk) count(results, it.query, vacancy);
            if (!is_chosen(it.query, vacancy)) continue;
            ++(vacancy.apply_at_kiosk ? results.own_total : results.others_total);
            if ((it.query.board == Board::own) != vacancy.apply_at_kiosk) continue;
            const std::size_t here = seen++;
            if (here < it.query.offset || here >= it.query.offset + it.query.limit) continue;
            results.cards.push_back(card_of(vacancy, it.query.language));
        }
        tell_page(event::SearchAnswered{std::move(results)});
    }
    /// Hours and municipalities are the facets that these workers know.
    static std::string value_of(const Vacancy& vacancy, Facet facet) {
        if (facet == Facet::hours) return vacancy.hours == Hours::part_time ? "part_time" : "full_time";
        return vacancy.places.empty() ? "" : "FI:" + folded(vacancy.places.front().shown());
    }
    static bool is_chosen(const VacancyQuery& query, const Vacancy& vacancy) {
        return std::ranges::all_of(query.choices, [&](const FacetChoice& choice) {
            return value_of(vacancy, choice.facet) == choice.value;
        });
    }
    static void count(VacancyResults& results, const VacancyQuery& query, const Vacancy& vacancy) {
        if (!query.wants_counts) return;
        for (const Facet facet : {Facet::municipality, Facet::hours}) {
            const std::string value = value_of(vacancy, facet);
            const bool chosen =
                std::ranges::find(query.choices, FacetChoice{facet, value}) != query.choices.end();
            const auto known = std::ranges::find_if(
                results.counts, [&](const FacetCount& it) { return it.facet == facet && it.value == value; });
            const std::string label =
                facet == Facet::municipality ? std::string(vacancy.places.front().shown()) : "";
            if (known != results.counts.end()) {
                ++known->count;
            } else {
                results.counts.push_back({facet, value, label, 1, chosen});
            }
        }
    }
    void answer(const job::LoadVacancy& it) {
        event::VacancyLoaded loaded{it.id, std::nullopt, {}, occupations, loading_fails};
        if (loading_fails) return tell_page(std::move(loaded));
        for (const Vacancy& vacancy : vacancies) {
            if (vacancy.id == it.id && is_open_at(vacancy, it.now)) loaded.vacancy = vacancy;
        }
        if (loaded.vacancy && !loaded.vacancy->apply_url.empty()) {
            loaded.code = {3, {1, 0, 1, 0, 1, 0, 1, 0, 1}};
        }
        tell_page(std::move(loaded));
    }
    void answer(const job::ReadBoard& it) {
        BoardFacts board;
        for (const Vacancy& vacancy : vacancies) {
            if (is_open_at(vacancy, it.now)) ++(vacancy.apply_at_kiosk ? board.own : board.others);
        }
        tell(report::BoardRead{board, last_heard_at});
    }
    void answer(const job::ReadDocuments&) { tell(report::DocumentsRead{forms, tests, profiles, lists}); }
    void answer(const job::Finalise& it) {
        if (finalise_fails) {
            keep(event::FinaliseFailed{*finalise_fails});
            return;
        }
        const std::string number = it.what.reference.empty() ? next_reference : it.what.reference;
        const std::string reference = it.what.is_anonymous ? "" : number;
        tell(report::Sealed{{"envelope-" + std::to_string(all<job::Finalise>().size())}});
        keep(event::Finalised{reference, {3, {1, 0, 1, 0, 1, 0, 1, 0, 1}}});
    }
    void answer(const job::BeginTest& it) {
        if (keeping_fails) {
            tell_page(event::KeyLost{it.session, *keeping_fails});
        } else {
            tell_page(event::TestBegun{it.session});
        }
    }
    void answer(const job::KeepKey& it) {
        if (keeping_fails) {
            tell_page(event::KeyLost{it.what.session, *keeping_fails});
        } else {
            keep(event::KeyKept{it.what.session, it.what.key, it.what.pressed_at_ms});
        }
    }
    void answer(const job::ParkForm& it) {
        if (parking_fails) {
            tell_page(event::ParkFailed{*parking_fails});
            return;
        }
        parked_draft = it.draft;
        keep(event::Parked{parked_code, {3, {1, 0, 1, 0, 1, 0, 1, 0, 1}}, it.now + 24 * 3'600'000, it.visit});
        tell(report::ParkedCounted{1});
    }
    void answer(const job::TakeUpForm& it) {
        const auto json = parse_json(parked_draft);
        if (to_hex(it.code) != right_code || !json.ok()) {
            tell_page(event::TakeUpFailed{ErrorKind::not_found, 0});
            return;
        }
        parked_draft.clear();
        tell_page(event::TakenUp{*json, it.visit});
        tell(report::ParkedCounted{0});
    }
    void answer(const job::Print&) { tell_page(event::PrintEnded{prints}); }
    void answer(const job::Look&) {}
    void answer(const job::Sweep&) {}
    void answer(const job::ForgetTest&) {}
    void answer(const job::SendNow&) {}
    void answer(const job::TryAgain&) { tell_page(event::TriedAgain{2}); }
    void answer(const job::EnrolAgain&) {}
    void answer(const job::ExchangeStick&) {
        if (stick_fails)
            tell_page(event::StickFailed{*stick_fails});
        else
            tell_page(event::StickExchanged{3, 2, 1});
    }
    void answer(const job::ConfirmWords&) {}
};

} // namespace vakant
