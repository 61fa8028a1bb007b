// The words that stand for the enumerators of vacancy.h in JSON, in the order of the enumerators. Only for
// the readers and writers of this folder.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/vacancies/vacancy.h"

namespace vakant {

template <typename E>
struct EnumNames;
template <>
struct EnumNames<VacancyStatus> {
    static constexpr std::array<std::string_view, 4> all{"active", "expired", "withdrawn", "draft"};
};
template <>
struct EnumNames<Relation> {
    static constexpr std::array<std::string_view, 8> all{
        "unknown",       "direct",     "agency_leased",  "recruitment_for_client",
        "public_office", "commission", "apprenticeship", "trainee"};
};
template <>
struct EnumNames<Employment> {
    static constexpr std::array<std::string_view, 9> all{"unknown",  "permanent", "fixed_term",
                                                         "seasonal", "summer",    "substitute",
                                                         "project",  "on_call",   "other"};
};
template <>
struct EnumNames<Hours> {
    static constexpr std::array<std::string_view, 4> all{"unknown", "full_time", "part_time", "mixed"};
};
template <>
struct EnumNames<StartKind> {
    static constexpr std::array<std::string_view, 4> all{"unknown", "as_soon_as_possible", "on_date",
                                                         "by_agreement"};
};
template <>
struct EnumNames<DeadlineKind> {
    static constexpr std::array<std::string_view, 4> all{"none", "on_date", "as_soon_as_possible",
                                                         "continuous"};
};
template <>
struct EnumNames<Remote> {
    static constexpr std::array<std::string_view, 4> all{"unknown", "no", "hybrid", "yes"};
};
template <>
struct EnumNames<Level> {
    static constexpr std::array<std::string_view, 2> all{"must", "nice"};
};
template <>
struct EnumNames<RequirementKind> {
    static constexpr std::array<std::string_view, 8> all{
        "education", "experience", "skill", "people_skill", "language", "driving_licence", "permit", "other"};
};
template <>
struct EnumNames<Training> {
    static constexpr std::array<std::string_view, 4> all{"unknown", "apprenticeship", "traineeship",
                                                         "course"};
};

template <typename E>
std::string_view name_in_json(E value) {
    return EnumNames<E>::all[static_cast<std::size_t>(value)];
}

template <typename E>
std::optional<E> find_by_name(std::string_view name) {
    for (std::size_t i = 0; i < EnumNames<E>::all.size(); ++i) {
        if (EnumNames<E>::all[i] == name) return static_cast<E>(i);
    }
    return std::nullopt;
}

} // namespace vakant
