// Small readings that several feeds need: lines, addresses, days as people write them. Only for the importers
// of this folder. Nothing is guessed: what cannot be told stays empty, and the caller keeps the text as it
// was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json/json.h"
#include "core/vacancies/import.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

/// What stands for a record that cannot be read at all.
ImportedItem broken_item(std::size_t index, const Error& why);

/// A text or a whole number as one line; anything else is "".
std::string line_in(const Json& value);

/// An address as a browser takes it ("www.hksf.se" gets its scheme); "" for what is none.
std::string web_address(std::string_view text);
/// A mail address, also one behind "mailto:"; "" for what is none.
std::string mail_address(std::string_view text);

/// "ÅRDAL" as "Årdal": feeds that shout place names. A name with any small letter stays as it is.
std::string place_words(std::string_view name);
/// ISO 3166-1 alpha-2 of a code or a country's name in the languages of the feeds; "" where unknown.
std::string country_code(std::string_view name);

/// A whole number, also from a text of digits.
std::optional<std::int64_t> whole_number_in(const Json& value);
/// 1 to 99,999, also from a text of digits.
std::optional<int> positions_in(const Json& value);
std::optional<double> coordinate_in(const Json& value, double most);

/// "21.11.2018", "31.12.18", "29. november 2018", an ISO date with or without a time (kept): as ISO 8601; ""
/// else.
std::string iso_of_written_day(std::string_view text);

/// Fills deadline, deadline_at and deadline_raw from a text: a day counts to its end; "snarest", "löpande"
/// and the like are known; anything else is kept as text only.
void read_deadline(std::string_view text, std::string_view zone, Vacancy& vacancy);
void read_start(std::string_view text, std::string_view zone, Vacancy& vacancy);

/// The end of the local day in which a moment lies, where its clock shows at most `most_hours` full hours
/// past midnight (feeds write days so); else the moment.
UtcMs day_end_if_early(UtcMs moment, int most_hours, std::string_view zone);

/// A stand-in for an id that the source does not give: the digest of the whole record.
std::string digest_id(const Json& record);

/// Small letters for ASCII and the Latin letters of Europe.
std::string lowered(std::string_view text);

/// "20" for 20.0, "7.5" for 7.5.
std::string number_words(double number);

void add_line(std::string& text, std::string_view line, std::string_view between = ", ");
void add_requirement(Vacancy& vacancy, RequirementKind kind, std::string_view label,
                     std::string_view raw = "");
bool has_content(const Contact& contact);

/// Gathers a body from parts of plain text or HTML, leaving out what was already said.
class Body {
public:
    void add(std::string_view plain_or_html);
    void put_into(VacancyText& text);

private:
    std::string html_, plain_;
};

} // namespace vakant
