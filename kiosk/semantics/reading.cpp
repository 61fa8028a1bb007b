#include "kiosk/semantics/reading.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/utf8.h"
#include "kiosk/semantics/written.h"

namespace vakant {
namespace {

/// How many bytes of a long dash begin the text: what joins the ends of a range, by language ‒, – or —.
std::size_t dash_length(std::string_view text) {
    for (const std::string_view dash : {"–", "‒", "—"}) {
        if (text.starts_with(dash)) return dash.size();
    }
    return 0;
}

/// The form of the word that goes with a number.
const std::string& counted(const CountedWord& word, std::string_view number) {
    const bool is_whole = std::ranges::all_of(number, is_digit);
    if (word.size() == 1) return word.front();
    if (word.size() == 2) return number == "1" ? word[0] : word[1];
    if (!is_whole) return word[1];
    const int last = number.back() - '0';
    const bool is_teen = number.size() > 1 && number[number.size() - 2] == '1';
    if (last == 1 && !is_teen) return word[0];
    return last >= 2 && last <= 4 && !is_teen ? word[1] : word[2];
}

class Reader {
public:
    Reader(std::string text, const ReadingWords& words) : text_(std::move(text)), words_(words) {}

    std::string read() {
        while (at_ < text_.size()) {
            const bool begins = !is_word_sign(sign_before(text_, at_));
            const bool done = (begins && (spelt() || address() || date() || abbreviation() || amount())) ||
                              dashed() || slash() || sign();
            if (!done) out_ += text_[at_++];
        }
        return tidied(out_);
    }

private:
    std::string_view rest(std::size_t from) const { return std::string_view(text_).substr(from); }

    void say(std::string_view words) {
        const char32_t last = sign_before(out_, out_.size());
        if (is_word_sign(last) || last == ',' || last == ')') out_ += ' ';
        out_ += words;
        if (is_word_sign(sign_at(text_, at_)) || sign_at(text_, at_) == '(') out_ += ' ';
    }

    void pause() {
        out_ = trimmed(out_);
        const char32_t last = sign_before(out_, out_.size());
        if (is_word_sign(last) || last == ')') out_ += ',';
        if (!out_.empty()) out_ += ' ';
    }

    /// Telephone numbers and codes.
    bool spelt() {
        const std::size_t length = std::max(telephone_length(text_, at_), code_length(text_, at_));
        if (length == 0) return false;
        std::string said = sign_by_sign(rest(at_).substr(0, length));
        const auto plus = words_.signs.find("+");
        if (said.front() == '+' && plus != words_.signs.end()) said.replace(0, 1, plus->second);
        out_ += said;
        at_ += length;
        return true;
    }

    bool address() {
        if (words_.address.empty()) return false;
        const std::size_t length = address_length(text_, at_);
        if (length == 0) return false;
        std::string said;
        std::string_view written = rest(at_).substr(0, length);
        for (const std::string_view scheme : {"https://", "http://", "mailto:"}) {
            if (written.starts_with(scheme)) written.remove_prefix(scheme.size()); // nobody has to write it
        }
        for (const char c : written) {
            const auto named = words_.address.find(std::string_view(&c, 1));
            said += named == words_.address.end() ? std::string(1, c) : " " + named->second + " ";
        }
        at_ += length;
        say(trimmed(said));
        return true;
    }

    bool date() {
        if (words_.months.size() != 12) return false;
        const auto written = date_at(text_, at_);
        if (!written) return false;
        at_ += written->length;
        std::string said = words_.date;
        const std::pair<std::string_view, std::string> parts[] = {
            {"{day}", std::to_string(written->day)},
            {"{month}", words_.months[static_cast<std::size_t>(written->month - 1)]},
            {"{year}", written->year}};
        for (const auto& [name, value] : parts) {
            if (const std::size_t place = said.find(name); place != std::string::npos)
                said.replace(place, name.size(), value);
        }
        say(trimmed(said));
        return true;
    }

    /// The longest entry of a table that stands here as a whole.
    template <class Said>
    auto longest(const ReadingWords::Table<Said>& table, std::size_t from) const {
        auto best = table.end();
        for (auto entry = table.begin(); entry != table.end(); ++entry) {
            const std::string& written = entry->first;
            if (!begins_as(rest(from), written)) continue;
            const bool goes_on = is_word_sign(sign_before(written, written.size())) &&
                                 is_word_sign(sign_at(text_, from + written.size()));
            if (!goes_on && (best == table.end() || best->first.size() < written.size())) best = entry;
        }
        return best;
    }

    bool abbreviation() {
        const auto found = longest(words_.words, at_);
        if (found == words_.words.end()) return false;
        at_ += found->first.size();
        say(found->second);
        return true;
    }

    // ---- amounts: "13,20–14,80 €/h", "€13.20", "60–80 %", "6 kk"

    struct Ends {
        std::string least, most; ///< the same where there is one number
        bool is_range() const { return least != most; }
    };

    std::string number(std::size_t& from) const {
        const std::size_t length = number_length(text_, from);
        std::string said = without_groups(rest(from).substr(0, length), words_.decimal_is_point);
        from += length;
        return said;
    }

    std::optional<Ends> ends_at(std::size_t& from) const {
        if (number_length(text_, from) == 0) return std::nullopt;
        Ends ends;
        ends.least = ends.most = number(from);
        std::size_t next = skip_blanks(text_, from);
        const std::size_t dash = rest(next).starts_with("-") ? 1 : dash_length(rest(next));
        if (dash == 0) return ends;
        next = skip_blanks(text_, next + dash);
        if (const auto again = longest(words_.currencies, next); again != words_.currencies.end())
            next = skip_blanks(text_, next + again->first.size()); // "€13.20 – €14.80"
        if (number_length(text_, next) == 0 || date_at(text_, next)) return ends;
        ends.most = number(next);
        from = next;
        return ends;
    }

    std::string money(const std::string& number, const CurrencyWords& currency) const {
        const std::size_t point = number.find_first_of(",.");
        if (point == std::string::npos || number.size() - point != 3)
            return number + " " + counted(currency.whole, number);
        const std::string whole = number.substr(0, point);
        std::string part = number.substr(point + 1);
        if (part.front() == '0') part.erase(0, 1);
        std::string said = whole + " " + counted(currency.whole, whole);
        return part == "0" ? said : said + " " + part + " " + counted(currency.part, part);
    }

    bool amount() {
        std::size_t next = at_;
        auto currency = longest(words_.currencies, next);
        if (currency != words_.currencies.end()) next = skip_blanks(text_, next + currency->first.size());
        const auto ends = ends_at(next);
        if (!ends) return false;
        auto unit = words_.units.end();
        if (currency == words_.currencies.end()) {
            const std::size_t behind = skip_blanks(text_, next);
            currency = longest(words_.currencies, behind);
            unit = longest(words_.units, behind);
            if (currency != words_.currencies.end()) {
                next = behind + currency->first.size();
            } else if (unit != words_.units.end()) {
                next = behind + unit->first.size();
            }
        }
        at_ = next;
        const auto with_unit = [&](const std::string& number, bool is_last) {
            if (currency != words_.currencies.end()) return money(number, currency->second);
            return unit != words_.units.end() && is_last ? number + " " + counted(unit->second, number)
                                                         : number;
        };
        std::string said = with_unit(ends->least, !ends->is_range());
        if (ends->is_range())
            said += (words_.range.empty() ? "–" : " " + words_.range + " ") + with_unit(ends->most, true);
        if (currency != words_.currencies.end() || unit != words_.units.end()) said += per();
        if (text_[at_ - 1] == '.' && ends_sentence()) said += '.';
        say(said);
        return true;
    }

    /// The full stop of an abbreviation was the sentence's as well.
    bool ends_sentence() const {
        const std::size_t next = skip_blanks(text_, at_);
        const char32_t c = sign_at(text_, next);
        return c == 0 || c == '\n' || (c >= 'A' && c <= 'Z') || (c >= 0x400 && c <= 0x42F);
    }

    /// "/h" behind an amount.
    std::string per() {
        std::size_t next = skip_blanks(text_, at_);
        if (!rest(next).starts_with("/")) return {};
        next = skip_blanks(text_, next + 1);
        if (!is_word_sign(sign_at(text_, next))) return {};
        const auto found = longest(words_.per, next);
        at_ = found == words_.per.end() ? next : next + found->first.size();
        return " " + (found == words_.per.end() ? words_.each : found->second);
    }

    // ---- signs

    /// A long dash joins what it touches, and parts what it stands between.
    bool dashed() {
        const std::size_t dash = dash_length(rest(at_));
        if (words_.range.empty() || dash == 0) return false;
        const bool joins =
            is_word_sign(sign_before(out_, out_.size())) && is_word_sign(sign_at(text_, at_ + dash));
        at_ += dash;
        if (joins) {
            say(words_.range);
        } else {
            pause();
            at_ = skip_blanks(text_, at_);
        }
        return true;
    }

    bool slash() {
        if (words_.of.empty() || text_[at_] != '/') return false;
        const char32_t before = last_sign(out_), after = sign_at(text_, skip_blanks(text_, at_ + 1));
        const bool counts = before >= '0' && before <= '9' && after >= '0' && after <= '9';
        at_ = skip_blanks(text_, at_ + 1);
        say(counts ? words_.of : words_.alternative);
        return true;
    }

    bool sign() {
        if (words_.signs.empty()) return false;
        std::size_t end = at_;
        const char32_t c = next_code_point(text_, end);
        const auto named = words_.signs.find(rest(at_).substr(0, end - at_));
        if (named != words_.signs.end()) {
            at_ = end;
            say(named->second);
            return true;
        }
        const bool parts = c == U'·' || c == U'|';
        const bool is_ornament = parts || (c >= 0x2190 && c <= 0x2BFF) || // arrows, stars, ticks
                                 std::u32string_view(U"[]{}^_\\").find(c) != std::u32string_view::npos;
        if (parts) pause();
        if (is_ornament) at_ = end;
        return is_ornament;
    }

    std::string text_;
    const ReadingWords& words_;
    std::size_t at_ = 0;
    std::string out_;
};

} // namespace

std::string read_aloud(std::string_view written, const ReadingWords& words) {
    return Reader(without_silent_signs(written), words).read();
}

} // namespace vakant
