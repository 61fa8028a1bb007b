// What an agency tells about itself: the document "vakant-agency-profile/1" that its backend signs and that
// kiosks mirror as kind "config". Plain data with one reader; the format is described in
// assets/config/README.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

/// One text in as many languages as the agency wrote it in.
struct LocalText {
    std::vector<std::pair<std::string, std::string>> texts; ///< language, text; as written
    bool empty() const { return texts.empty(); }
    struct Found {
        std::string_view language, text;
    };
    /// In that language; else in the one that it is a form of ("fi" for "fi-simple"); else in English; else
    /// the first. Both empty where there is none.
    Found in(std::string_view language) const;
};

struct AgencyOffice {
    LocalText name, hours;
    std::string address, phone;
};
/// One that people may register with beside this one.
struct OtherAgency {
    std::string name, phone, homepage;
    LocalText note;
};
/// What comes after a registration.
struct FollowUp {
    LocalText who; ///< "our recruiters": as it stands in "... will be in touch"
    std::optional<int> within_working_days;
};
/// Which vacancies a kiosk mirrors. The agency's own orders always come; these choose among other people's
/// ads.
struct VacancySelection {
    std::vector<std::string> places; ///< municipalities, regions or their codes; none: everywhere
    std::vector<std::string>
        fields; ///< occupation fields or codes that occupations begin with; none: every one
    bool own_only = false;
    bool operator==(const VacancySelection&) const = default;
};
Json to_json(const VacancySelection& selection);
Result<VacancySelection> selection_from_json(const Json& json);

struct AgencyProfile {
    std::string version; ///< the author's own
    std::string name;
    LocalText greeting, about, registering;
    std::vector<AgencyOffice> offices;
    std::vector<std::string> employers; ///< those that allow being named
    std::vector<OtherAgency> other_agencies;
    FollowUp follow_up;
    /// Colours and logo as an object, with the profile's name and greeting where it has none of its own; null
    /// where the profile has none.
    Json brand;
    VacancySelection mirror; ///< of kiosks that have no selection of their own
};

/// invalid_input with the path of the member and what is wrong with it. Members that are not known are
/// refused, so that a slip of the pen is not lost silently.
Result<AgencyProfile> agency_profile_from_json(const Json& json);
/// Of a stored or fetched text.
Result<AgencyProfile> agency_profile_from_text(std::string_view text);

} // namespace vakant
