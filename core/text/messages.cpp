// Messages with placeholders, plurals and choices. ICU reads the patterns and knows the plural rules; the
// values are put in here, because ICU's own formatter cannot be given the grouping of numbers that we use in
// every language.
#include <memory>

#include <unicode/plurrule.h>

#include "core/base/utf8.h"
#include "core/text/locale.h"
#include "core/text/message_pattern.h"
#include "core/text/numbers.h"
#include "core/text/text.h"

namespace vakant {
namespace {

using icu::MessagePattern;

/// A pattern without placeholders, quotes and braces is its own text: the greater part, which so costs
/// nothing.
bool is_plain(std::string_view pattern) {
    return pattern.find_first_of("{}'") == std::string_view::npos;
}

class Filler {
public:
    Filler(const MessagePattern& parts, std::string_view language, const MessageArguments& arguments)
        : parts_(parts), language_(language), arguments_(arguments) {}

    /// The message that starts at a part; `number` is what "#" stands for.
    Outcome fill(int32_t start, const double* number, std::string& out);

private:
    Outcome fill_argument(int32_t start, std::string& out);
    Outcome fill_plural(int32_t part, int32_t limit, UPluralType type, const MessageValue& value,
                        std::string& out);
    Outcome fill_select(int32_t part, int32_t limit, const MessageValue& value, std::string& out);
    Result<MessageValue> value_of(const MessagePattern::Part& name) const;
    std::string shown(const MessageValue& value) const;
    void append(int32_t from, int32_t to, std::string& out) const {
        parts_.getPatternString().tempSubStringBetween(from, to).toUTF8String(out);
    }

    const MessagePattern& parts_;
    std::string_view language_;
    const MessageArguments& arguments_;
};

Outcome Filler::fill(int32_t start, const double* number, std::string& out) {
    int32_t from = parts_.getPart(start).getLimit();
    for (int32_t i = start + 1;; ++i) {
        const MessagePattern::Part& part = parts_.getPart(i);
        append(from, part.getIndex(), out);
        from = part.getLimit();
        if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) return done();
        if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER && number != nullptr) {
            out += format_decimal(*number, language_);
        } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
            VAKANT_CHECK(fill_argument(i, out));
            i = parts_.getLimitPartIndex(i);
            from = parts_.getPart(i).getLimit();
        }
    }
}

Outcome Filler::fill_argument(int32_t start, std::string& out) {
    const UMessagePatternArgType type = parts_.getPart(start).getArgType();
    const int32_t limit = parts_.getLimitPartIndex(start);
    VAKANT_TRY(value, value_of(parts_.getPart(start + 1)));
    switch (type) {
    case UMSGPAT_ARG_TYPE_PLURAL:
        return fill_plural(start + 2, limit, UPLURAL_TYPE_CARDINAL, value, out);
    case UMSGPAT_ARG_TYPE_SELECTORDINAL:
        return fill_plural(start + 2, limit, UPLURAL_TYPE_ORDINAL, value, out);
    case UMSGPAT_ARG_TYPE_SELECT:
        return fill_select(start + 2, limit, value, out);
    default:
        out += shown(value);
        return done();
    }
}

Outcome Filler::fill_plural(int32_t part, int32_t limit, UPluralType type, const MessageValue& value,
                            std::string& out) {
    if (std::holds_alternative<std::string>(value))
        return invalid_input("message: a plural was given a text");
    const auto* integer = std::get_if<std::int64_t>(&value);
    const double number = integer != nullptr ? static_cast<double>(*integer) : std::get<double>(value);
    double offset = 0;
    if (MessagePattern::Part::hasNumericValue(parts_.getPart(part).getType())) {
        offset = parts_.getNumericValue(parts_.getPart(part++));
    }
    const double counted = number - offset;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> rules(
        icu::PluralRules::forLocale(locale_of(language_), type, status));
    if (U_FAILURE(status)) return internal_error("message: no plural rules");
    const icu::UnicodeString category = rules->select(counted);
    int32_t chosen = -1;
    while (part < limit) {
        const icu::UnicodeString selector = parts_.getSubstring(parts_.getPart(part++));
        const MessagePattern::Part& exact = parts_.getPart(part);
        if (MessagePattern::Part::hasNumericValue(exact.getType())) {
            ++part;
            if (parts_.getNumericValue(exact) == number) return fill(part, &counted, out);
        } else if (selector == category || (chosen < 0 && selector == UNICODE_STRING_SIMPLE("other"))) {
            chosen = part;
        }
        part = parts_.getLimitPartIndex(part) + 1;
    }
    return fill(chosen, &counted, out); // "other" is there: the parser requires it
}

Outcome Filler::fill_select(int32_t part, int32_t limit, const MessageValue& value, std::string& out) {
    const auto* text = std::get_if<std::string>(&value);
    const std::string wanted = text != nullptr ? *text : shown(value);
    int32_t chosen = -1;
    while (part < limit) {
        const std::string selector = utf8_of(parts_.getSubstring(parts_.getPart(part++)));
        if (selector == wanted || (chosen < 0 && selector == "other")) chosen = part;
        part = parts_.getLimitPartIndex(part) + 1;
    }
    return fill(chosen, nullptr, out);
}

Result<MessageValue> Filler::value_of(const MessagePattern::Part& name) const {
    const std::string wanted = utf8_of(parts_.getSubstring(name));
    for (const auto& [given, value] : arguments_) {
        if (given == wanted) return value;
    }
    return invalid_input("message: no value for {" + wanted + "}");
}

std::string Filler::shown(const MessageValue& value) const {
    if (const auto* text = std::get_if<std::string>(&value)) {
        const Direction around = direction_of(language_);
        const bool turns = around == Direction::right_to_left || has_right_to_left_letter(*text);
        return turns ? isolated_among(*text, around) : *text;
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return format_number(*integer, language_);
    return format_decimal(std::get<double>(value), language_);
}

} // namespace

std::string utf8_of(const icu::UnicodeString& text) {
    std::string utf8;
    return text.toUTF8String(utf8);
}

Result<MessagePattern> parsed_message(std::string_view pattern) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    MessagePattern parts(status);
    parts.parse(
        icu::UnicodeString::fromUTF8(icu::StringPiece(pattern.data(), static_cast<int32_t>(pattern.size()))),
        &where, status);
    if (U_FAILURE(status)) {
        return invalid_input("message pattern: " + std::string(u_errorName(status)) + " near \"" +
                             utf8_of(icu::UnicodeString(where.preContext)) + "\"");
    }
    for (int32_t i = 0; i < parts.countParts(); ++i) {
        const MessagePattern::Part& part = parts.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_TYPE) continue;
        const std::string type = utf8_of(parts.getSubstring(part));
        if (type != "number")
            return invalid_input("message pattern: the type \"" + type + "\" is not used here");
    }
    return parts;
}

Result<std::string> format_message(std::string_view pattern, std::string_view language,
                                   const MessageArguments& arguments) {
    if (is_plain(pattern)) return std::string(pattern);
    VAKANT_TRY(parts, parsed_message(pattern));
    std::string text;
    VAKANT_CHECK(Filler(parts, language, arguments).fill(0, nullptr, text));
    return text;
}

Outcome check_message(std::string_view pattern, std::string_view) {
    if (!is_valid_utf8(pattern)) return invalid_input("message pattern: not UTF-8");
    if (is_plain(pattern)) return done();
    VAKANT_CHECK(parsed_message(pattern));
    return done();
}

} // namespace vakant
