#include "core/vacancies/region_names.h"

#include <algorithm>
#include <array>

#include "core/text/text.h"

namespace vakant {
namespace {

/// The first name is the one in the country's own language; all of them find the code.
struct Region {
    std::string_view country, code;
    std::array<std::string_view, 3> names;
};
constexpr std::array<Region, 57> regions{{
    {"FI", "01", {"Uusimaa", "Nyland", ""}},
    {"FI", "02", {"Varsinais-Suomi", "Egentliga Finland", "Southwest Finland"}},
    {"FI", "04", {"Satakunta", "", ""}},
    {"FI", "05", {"Kanta-Häme", "Egentliga Tavastland", ""}},
    {"FI", "06", {"Pirkanmaa", "Birkaland", ""}},
    {"FI", "07", {"Päijät-Häme", "Päijänne-Tavastland", ""}},
    {"FI", "08", {"Kymenlaakso", "Kymmenedalen", ""}},
    {"FI", "09", {"Etelä-Karjala", "Södra Karelen", "South Karelia"}},
    {"FI", "10", {"Etelä-Savo", "Södra Savolax", "South Savo"}},
    {"FI", "11", {"Pohjois-Savo", "Norra Savolax", "North Savo"}},
    {"FI", "12", {"Pohjois-Karjala", "Norra Karelen", "North Karelia"}},
    {"FI", "13", {"Keski-Suomi", "Mellersta Finland", "Central Finland"}},
    {"FI", "14", {"Etelä-Pohjanmaa", "Södra Österbotten", "South Ostrobothnia"}},
    {"FI", "15", {"Pohjanmaa", "Österbotten", "Ostrobothnia"}},
    {"FI", "16", {"Keski-Pohjanmaa", "Mellersta Österbotten", "Central Ostrobothnia"}},
    {"FI", "17", {"Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"}},
    {"FI", "18", {"Kainuu", "Kajanaland", ""}},
    {"FI", "19", {"Lappi", "Lappland", "Lapland"}},
    {"FI", "21", {"Ahvenanmaa", "Åland", ""}},
    {"SE", "01", {"Stockholms län", "Stockholm", ""}},
    {"SE", "03", {"Uppsala län", "Uppsala", ""}},
    {"SE", "04", {"Södermanlands län", "Södermanland", ""}},
    {"SE", "05", {"Östergötlands län", "Östergötland", ""}},
    {"SE", "06", {"Jönköpings län", "Jönköping", ""}},
    {"SE", "07", {"Kronobergs län", "Kronoberg", ""}},
    {"SE", "08", {"Kalmar län", "Kalmar", ""}},
    {"SE", "09", {"Gotlands län", "Gotland", ""}},
    {"SE", "10", {"Blekinge län", "Blekinge", ""}},
    {"SE", "12", {"Skåne län", "Skåne", "Scania"}},
    {"SE", "13", {"Hallands län", "Halland", ""}},
    {"SE", "14", {"Västra Götalands län", "Västra Götaland", ""}},
    {"SE", "17", {"Värmlands län", "Värmland", ""}},
    {"SE", "18", {"Örebro län", "Örebro", ""}},
    {"SE", "19", {"Västmanlands län", "Västmanland", ""}},
    {"SE", "20", {"Dalarnas län", "Dalarna", ""}},
    {"SE", "21", {"Gävleborgs län", "Gävleborg", ""}},
    {"SE", "22", {"Västernorrlands län", "Västernorrland", ""}},
    {"SE", "23", {"Jämtlands län", "Jämtland", ""}},
    {"SE", "24", {"Västerbottens län", "Västerbotten", ""}},
    {"SE", "25", {"Norrbottens län", "Norrbotten", ""}},
    {"NO", "03", {"Oslo", "", ""}},
    {"NO", "11", {"Rogaland", "", ""}},
    {"NO", "15", {"Møre og Romsdal", "", ""}},
    {"NO", "18", {"Nordland", "", ""}},
    {"NO", "21", {"Svalbard", "", ""}},
    {"NO", "31", {"Østfold", "", ""}},
    {"NO", "32", {"Akershus", "", ""}},
    {"NO", "33", {"Buskerud", "", ""}},
    {"NO", "34", {"Innlandet", "", ""}},
    {"NO", "39", {"Vestfold", "", ""}},
    {"NO", "40", {"Telemark", "", ""}},
    {"NO", "42", {"Agder", "", ""}},
    {"NO", "46", {"Vestland", "", ""}},
    {"NO", "50", {"Trøndelag", "Trööndelage", ""}},
    {"NO", "55", {"Troms", "Romsa", ""}},
    {"NO", "56", {"Finnmark", "Finnmárku", ""}},
    // Before the reform of 2024, still in ads.
    {"NO", "30", {"Viken", "", ""}},
}};

} // namespace

void complete_region(Place& place) {
    if (place.country.empty() || place.region_code.empty() == place.region.empty()) return;
    const std::string name = folded(place.region);
    for (const Region& region : regions) {
        if (region.country != place.country) continue;
        if (place.region.empty()) {
            if (region.code != place.region_code) continue;
            place.region = region.names.front();
            return;
        }
        const bool is_named = std::any_of(region.names.begin(), region.names.end(),
                                          [&name](std::string_view one) { return folded(one) == name; });
        if (!is_named) continue;
        place.region_code = region.code;
        return;
    }
}

} // namespace vakant
