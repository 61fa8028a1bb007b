#include "core/vacancies/feed_fields.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/import.h"
#include "core/vacancies/local_time.h"

namespace vakant {
namespace {

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char32_t small_letter(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 0x20;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
    // Latin Extended-A: capitals are even up to the dotless i, odd from 0x139 on, even again from 0x14A on.
    const bool even_capital = (c >= 0x100 && c <= 0x136 && c != 0x130) || (c >= 0x14A && c <= 0x177);
    const bool odd_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (even_capital && c % 2 == 0) return c + 1;
    if (odd_capital && c % 2 == 1) return c + 1;
    return c;
}

template <typename T>
std::optional<T> number_in(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "2018-11-02" of three numbers; "" where the calendar has no such day.
std::string iso_of(int year, int month, int day) {
    if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return "";
    const CivilDate date{year, month, day};
    if (civil_date(midnight_of(date)) != date) return "";
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

/// The number at the front of `text`, which moves behind it.
std::optional<int> take_number(std::string_view& text, std::size_t most_digits) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length]))
        ++length;
    if (length == 0 || length > most_digits) return std::nullopt;
    const auto value = number_in<int>(text.substr(0, length));
    text.remove_prefix(length);
    return value;
}

/// The months as the feeds' languages write them; each is recognised by how it begins.
std::optional<int> month_named(std::string_view word) {
    static constexpr std::array<std::array<std::string_view, 4>, 12> beginnings{{
        {"jan", "tammi", "", ""},
        {"feb", "helmi", "", ""},
        {"mars", "maalis", "march", ""},
        {"apr", "huhti", "", ""},
        {"mai", "maj", "touko", "may"},
        {"jun", "kesä", "", ""},
        {"jul", "heinä", "", ""},
        {"aug", "elo", "", ""},
        {"sep", "syys", "", ""},
        {"okt", "loka", "oct", ""},
        {"nov", "marras", "", ""},
        {"des", "dec", "joulu", ""},
    }};
    for (std::size_t i = 0; i < beginnings.size(); ++i) {
        for (const std::string_view beginning : beginnings[i]) {
            if (!beginning.empty() && word.starts_with(beginning)) return static_cast<int>(i) + 1;
        }
    }
    return std::nullopt;
}

/// "21.11.2018", "31.12.18", "29. november 2018"
std::string iso_of_nordic_day(std::string_view text) {
    const auto day = take_number(text, 2);
    if (!day) return "";
    const auto skip = [&text](std::string_view characters) {
        while (!text.empty() && characters.find(text[0]) != characters.npos)
            text.remove_prefix(1);
    };
    const bool dotted = text.starts_with('.');
    skip(". ");
    std::optional<int> month = dotted ? take_number(text, 2) : std::nullopt;
    if (!month) {
        const std::string_view word = text.substr(0, text.find(' '));
        month = month_named(lowered(word));
        text.remove_prefix(word.size());
    }
    if (!month) return "";
    skip(". ");
    const std::size_t digits = text.size();
    auto year = take_number(text, 4);
    if (!year || !text.empty() || digits == 3 || digits == 1) return "";
    return iso_of(digits == 2 ? 2000 + *year : *year, *month, *day);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool means_soon(std::string_view word) {
    return is_one_of(word, {"snarest", "snarest mulig", "snarast", "asap", "as soon as possible", "omgående",
                            "straks", "heti", "mahdollisimman pian", "så snart som mulig", "snarest muleg"});
}
bool means_continuous(std::string_view word) {
    return is_one_of(word, {"fortløpende", "fortlopende", "løpende", "løpande", "löpande", "jatkuva",
                            "continuous", "rolling", "toistaiseksi"});
}
bool means_agreement(std::string_view word) {
    return is_one_of(word, {"etter avtale", "etter avtala", "enligt överenskommelse", "sopimuksen mukaan",
                            "by agreement", "according to agreement"});
}

std::string bare_word(std::string_view text) {
    std::string word = lowered(one_line(text));
    while (word.ends_with('.') || word.ends_with('!'))
        word.pop_back();
    return word;
}

} // namespace

ImportedItem broken_item(std::size_t index, const Error& why) {
    ImportedItem item;
    item.index = index;
    item.reason = why.detail;
    return item;
}

std::optional<std::int64_t> whole_number_in(const Json& value) {
    return number_in<std::int64_t>(line_in(value));
}

std::string line_in(const Json& value) {
    return value.is_integer() ? std::to_string(value.integer_or(0)) : one_line(value.text());
}

std::string web_address(std::string_view text) {
    const std::string address = one_line(text);
    if (address.empty() || address.size() > 2000 || holds(address, " ") || !holds(address, ".")) return "";
    if (address.starts_with("http://") || address.starts_with("https://")) return address;
    if (holds(address.substr(0, 12), ":") || holds(address, "@") || address[0] == '/') return "";
    return "https://" + address;
}

std::string mail_address(std::string_view text) {
    std::string address = one_line(text);
    if (address.starts_with("mailto:")) address = address.substr(7, address.find('?') - 7);
    const std::size_t at = address.find('@');
    const bool is_one = at != address.npos && at > 0 && at + 1 < address.size() &&
                        address.find('@', at + 1) == address.npos && !holds(address, " ") &&
                        !holds(address, ",");
    return is_one ? address : "";
}

std::string lowered(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        append_utf8(out, small_letter(next_code_point(text, at)));
    return out;
}

std::string place_words(std::string_view name) {
    const std::string line = one_line(name);
    const std::u32string letters = to_utf32(line);
    const auto is_capital = [](char32_t c) { return small_letter(c) != c; };
    const auto capitals = std::count_if(letters.begin(), letters.end(), is_capital);
    const bool shouted = capitals >= 2 && lowered(line) != line &&
                         std::none_of(letters.begin(), letters.end(), [](char32_t c) {
                             return (c >= U'a' && c <= U'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
                         });
    if (!shouted) return line;
    std::u32string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const bool starts_word =
            i == 0 || letters[i - 1] == U' ' || letters[i - 1] == U'-' || letters[i - 1] == U'/';
        out += starts_word ? letters[i] : small_letter(letters[i]);
    }
    std::string words = to_utf8(out);
    for (const std::string_view small : {" Og ", " I ", " På ", " Ved ", " Av "}) {
        for (std::size_t at = words.find(small); at != words.npos; at = words.find(small, at + 1)) {
            words.replace(at, small.size(), lowered(small));
        }
    }
    return words;
}

std::string country_code(std::string_view name) {
    struct Known {
        std::string_view iso;
        std::array<std::string_view, 5> names;
    };
    static constexpr std::array<Known, 12> known{{
        {"FI", {"suomi", "finland", "fin", "", ""}},
        {"SE", {"sverige", "sweden", "ruotsi", "swe", ""}},
        {"NO", {"norge", "noreg", "norway", "norja", "nor"}},
        {"DK", {"danmark", "denmark", "tanska", "dnk", ""}},
        {"IS", {"island", "iceland", "islanti", "isl", ""}},
        {"EE", {"estland", "estonia", "eesti", "viro", "est"}},
        {"LV", {"latvia", "lettland", "", "", ""}},
        {"LT", {"litauen", "lithuania", "liettua", "", ""}},
        {"PL", {"polen", "poland", "puola", "polska", "pol"}},
        {"DE", {"tyskland", "germany", "deutschland", "saksa", "deu"}},
        {"GB", {"storbritannia", "united kingdom", "storbritannien", "gbr", "uk"}},
        {"US", {"usa", "united states", "", "", ""}},
    }};
    const std::string word = bare_word(name);
    if (word.empty()) return "";
    for (const Known& country : known) {
        if (is_one_of(word, {country.names[0], country.names[1], country.names[2], country.names[3],
                             country.names[4]})) {
            return std::string(country.iso);
        }
    }
    const std::string code = one_line(name);
    const bool is_code = code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) {
                             return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                         });
    if (!is_code) return "";
    std::string iso;
    for (const char c : code)
        iso += static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c);
    return iso;
}

std::optional<int> positions_in(const Json& value) {
    const auto number = number_in<std::int64_t>(line_in(value));
    if (!number || *number < 1 || *number > 99'999) return std::nullopt;
    return static_cast<int>(*number);
}

std::optional<double> coordinate_in(const Json& value, double most) {
    const std::optional<double> number =
        value.is_number() ? std::optional(value.number_or(0)) : number_in<double>(trimmed(value.text()));
    if (!number || !(*number >= -most && *number <= most)) return std::nullopt;
    return number;
}

std::string iso_of_written_day(std::string_view text) {
    std::string line = one_line(text);
    line = line.substr(0, line.find('[')); // "2019-03-01T07:33:00+01:00[Europe/Oslo]"
    const bool looks_iso = line.size() >= 10 && line[4] == '-' && line[7] == '-';
    if (looks_iso && parse_iso8601(line).ok()) return line;
    return iso_of_nordic_day(line);
}

UtcMs day_end_if_early(UtcMs moment, int most_hours, std::string_view zone) {
    constexpr std::int64_t ms_per_hour = 3'600'000;
    const std::int64_t since_midnight = moment - local_day_begin(moment, 0, zone);
    const bool early = since_midnight % ms_per_hour == 0 && since_midnight <= most_hours * ms_per_hour;
    return early ? local_day_end(moment, 0, zone) : moment;
}

void read_deadline(std::string_view text, std::string_view zone, Vacancy& vacancy) {
    vacancy.deadline_raw = one_line(text);
    const std::string word = bare_word(text);
    if (word.empty()) return;
    if (means_soon(word)) {
        vacancy.deadline = DeadlineKind::as_soon_as_possible;
    } else if (means_continuous(word)) {
        vacancy.deadline = DeadlineKind::continuous;
    } else if (const std::string iso = iso_of_written_day(text); !iso.empty()) {
        const auto end = local_end(iso, zone);
        if (!end.ok()) return;
        vacancy.deadline = DeadlineKind::on_date;
        vacancy.deadline_at = *end;
    }
}

void read_start(std::string_view text, std::string_view zone, Vacancy& vacancy) {
    vacancy.start_raw = one_line(text);
    const std::string word = bare_word(text);
    if (means_soon(word)) {
        vacancy.start = StartKind::as_soon_as_possible;
    } else if (means_agreement(word)) {
        vacancy.start = StartKind::by_agreement;
    } else if (const std::string iso = iso_of_written_day(text); !iso.empty()) {
        const auto moment = local_moment(iso, zone);
        if (!moment.ok()) return;
        vacancy.start = StartKind::on_date;
        vacancy.start_date = *moment;
    }
}

std::string digest_id(const Json& record) {
    return "digest:" + blake2b_hex(record.to_canonical_text()).substr(0, 32);
}

std::string number_words(double number) {
    std::array<char, 32> digits{};
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
    return error == std::errc() ? std::string(digits.data(), end) : std::string();
}

void add_line(std::string& text, std::string_view line, std::string_view between) {
    if (line.empty()) return;
    if (!text.empty()) text += between;
    text += line;
}

void add_requirement(Vacancy& vacancy, RequirementKind kind, std::string_view label, std::string_view raw) {
    const std::string shown = one_line(label);
    if (shown.empty()) return;
    vacancy.requirements.push_back({kind, Level::must, "", "", shown, "", one_line(raw)});
}

bool has_content(const Contact& contact) {
    return !contact.name.empty() || !contact.phone.empty() || !contact.email.empty();
}

void Body::add(std::string_view plain_or_html) {
    const CleanText more = clean_text(plain_or_html);
    const bool says_something = more.plain.find_first_not_of(".-_ ") != more.plain.npos;
    if (!says_something || holds(plain_, more.plain)) return;
    html_ += more.html;
    add_line(plain_, more.plain, "\n\n");
}

void Body::put_into(VacancyText& text) {
    text.body_html = std::move(html_);
    text.body_plain = std::move(plain_);
}

} // namespace vakant
