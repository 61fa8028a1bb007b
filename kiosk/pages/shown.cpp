#include "kiosk/pages/shown.h"

namespace vakant {

ActionSpec back_action(const PageContext& in) {
    return {.key = "back",
            .name = in.strings.get("common.back"),
            .look = ButtonLook::secondary,
            .icon = Icon::back,
            .enabled = true,
            .at_end = false};
}

ActionSpec again_action(const PageContext& in) {
    return {.key = "again",
            .name = in.strings.get("vacancies.list.again"),
            .look = ButtonLook::primary,
            .icon = Icon::none,
            .enabled = true,
            .at_end = true};
}

void view_unreadable(Ui& ui, const PageContext& in) {
    ui.state("state", StateLook::error, in.strings.get("vacancies.list.unavailable"),
             in.strings.get("vacancies.list.unavailable_do"));
}

std::string heard_text(const PageContext& in) {
    if (!in.facts.last_heard_at) return in.strings.get("common.never_heard");
    return in.strings.get(
        "common.last_heard",
        {{"time", isolated(format_date_time(*in.facts.last_heard_at, in.language, in.offset_minutes))}});
}

std::string who_and_where(const VacancyCard& vacancy, const PageContext& in) {
    std::string who = vacancy.employer;
    if (who.empty() && vacancy.apply_at_kiosk) who = in.facts.name_of_agency(vacancy.agency);
    std::string text = who.empty() ? "" : isolated(who);
    if (!vacancy.place.empty()) text += (text.empty() ? "" : " · ") + isolated(vacancy.place);
    return text;
}

std::string employment_text(const Strings& strings, Employment employment) {
    switch (employment) {
    case Employment::unknown:
        return {};
    case Employment::permanent:
        return strings.get("employment.permanent");
    case Employment::fixed_term:
        return strings.get("employment.fixed_term");
    case Employment::seasonal:
        return strings.get("employment.seasonal");
    case Employment::summer:
        return strings.get("employment.summer");
    case Employment::substitute:
        return strings.get("employment.substitute");
    case Employment::project:
        return strings.get("employment.project");
    case Employment::on_call:
        return strings.get("employment.on_call");
    case Employment::other:
        return strings.get("employment.other");
    }
    return {};
}

std::string hours_text(const Strings& strings, Hours hours) {
    switch (hours) {
    case Hours::unknown:
        return {};
    case Hours::full_time:
        return strings.get("hours.full_time");
    case Hours::part_time:
        return strings.get("hours.part_time");
    case Hours::mixed:
        return strings.get("hours.mixed");
    }
    return {};
}

std::string deadline_text(const PageContext& in, DeadlineKind kind, const std::optional<UtcMs>& at) {
    if (kind == DeadlineKind::continuous) return in.strings.get("deadline.continuous");
    if (kind == DeadlineKind::as_soon_as_possible && !at) return in.strings.get("deadline.soon");
    if (!at) return {};
    constexpr std::int64_t day_ms = 86'400'000;
    const UtcMs today = midnight_of(civil_date(in.now, in.offset_minutes), in.offset_minutes);
    const UtcMs last = midnight_of(civil_date(*at, in.offset_minutes), in.offset_minutes);
    const std::int64_t days = (last - today + day_ms / 2) / day_ms;
    if (days >= 0 && days <= 7) return in.strings.get("deadline.days", {{"days", days}});
    return in.strings.get("deadline.date",
                          {{"date", isolated(format_date(*at, in.language, in.offset_minutes))}});
}

std::string error_text(const Strings& strings, ErrorKind kind) {
    return strings.get("error." + std::string(name_of(kind)));
}

} // namespace vakant
