// What is written, as it is to be read aloud: a voice skips signs, spells abbreviations and runs the two ends
// of a range together. Pure functions over the words of one language (assets/speech). Used by kiosk/app's
// narrator and by tests.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vakant {

/// One word for every number, or for one and the rest, or for one, few and many as Slavic languages count.
using CountedWord = std::vector<std::string>;
struct CurrencyWords {
    CountedWord whole, part; ///< euros and cents
};

/// How one language says what its voice does not. Empty: texts are read as they are written.
struct ReadingWords {
    template <class Said>
    using Table = std::map<std::string, Said, std::less<>>;
    std::string range;               ///< between the ends of "8–16"
    std::string of;                  ///< "1/3"
    std::string alternative;         ///< "education / experience"
    std::string each;                ///< "€/shift", where `per` has no words for the unit
    std::string date;                ///< "{day} {month} {year}"
    std::vector<std::string> months; ///< twelve, in the form that they have in a date
    Table<CurrencyWords> currencies; ///< before or behind a number
    Table<CountedWord> units;        ///< behind a number alone: "6 kk", "80 %"
    Table<std::string> per;          ///< behind a unit and a slash: "€/h"
    Table<std::string> words;        ///< abbreviations, wherever they stand
    Table<std::string> signs;        ///< everywhere else
    Table<std::string> address;      ///< the signs of e-mail and web addresses
    bool decimal_is_point = false;
};

/// A written text as it is to be read: without bullets and marks of direction; reference numbers, codes and
/// telephone numbers sign by sign; the rest by the words of its language.
std::string read_aloud(std::string_view written, const ReadingWords& words = {});

} // namespace vakant
