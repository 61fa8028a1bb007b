#include "core/text/message_shape.h"

#include <algorithm>
#include <memory>

#include <unicode/plurrule.h>
#include <unicode/strenum.h>

#include "core/text/locale.h"
#include "core/text/message_pattern.h"
#include "core/text/text.h"

namespace vakant {
namespace {

using icu::MessagePattern;

constexpr std::size_t letters_of_a_number = 3;

/// Whether what follows this part, up to the next one, is the message's own words.
bool is_followed_by_words(const MessagePattern::Part& part) {
    switch (part.getType()) {
    case UMSGPAT_PART_TYPE_MSG_START:
    case UMSGPAT_PART_TYPE_SKIP_SYNTAX:
    case UMSGPAT_PART_TYPE_INSERT_CHAR:
    case UMSGPAT_PART_TYPE_REPLACE_NUMBER:
    case UMSGPAT_PART_TYPE_ARG_LIMIT:
        return true;
    default:
        return false;
    }
}

struct Stretch {
    int32_t first = 0, last = 0;
};

std::vector<Stretch> stretches_of_words(const MessagePattern& parts) {
    std::vector<Stretch> stretches;
    for (int32_t i = 0; i + 1 < parts.countParts(); ++i) {
        const Stretch between{parts.getPart(i).getLimit(), parts.getPart(i + 1).getIndex()};
        if (is_followed_by_words(parts.getPart(i)) && between.last > between.first)
            stretches.push_back(between);
    }
    return stretches;
}

std::string words_at(const MessagePattern& parts, Stretch stretch) {
    return utf8_of(parts.getPatternString().tempSubStringBetween(stretch.first, stretch.last));
}

MessageShape::Choice choice_at(const MessagePattern& parts, int32_t start) {
    using Kind = MessageShape::Choice::Kind;
    const UMessagePatternArgType type = parts.getPart(start).getArgType();
    MessageShape::Choice choice;
    choice.kind = type == UMSGPAT_ARG_TYPE_SELECT          ? Kind::select
                  : type == UMSGPAT_ARG_TYPE_SELECTORDINAL ? Kind::ordinal
                                                           : Kind::plural;
    choice.argument = utf8_of(parts.getSubstring(parts.getPart(start + 1)));
    for (int32_t i = start + 2; i < parts.getLimitPartIndex(start); ++i) {
        const MessagePattern::Part& part = parts.getPart(i);
        if (part.getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR)
            choice.selectors.push_back(utf8_of(parts.getSubstring(part)));
        if (part.getType() == UMSGPAT_PART_TYPE_MSG_START) i = parts.getLimitPartIndex(i);
    }
    return choice;
}

/// Letters of the longest text of the message that starts at a part.
std::size_t longest_message(const MessagePattern& parts, int32_t start);

std::size_t longest_argument(const MessagePattern& parts, int32_t start) {
    const UMessagePatternArgType type = parts.getPart(start).getArgType();
    if (type == UMSGPAT_ARG_TYPE_SIMPLE) return letters_of_a_number;
    std::size_t longest = 0;
    for (int32_t i = start + 2; i < parts.getLimitPartIndex(start); ++i) {
        if (parts.getPart(i).getType() != UMSGPAT_PART_TYPE_MSG_START) continue;
        longest = std::max(longest, longest_message(parts, i));
        i = parts.getLimitPartIndex(i);
    }
    return longest;
}

std::size_t longest_message(const MessagePattern& parts, int32_t start) {
    std::size_t letters = 0;
    int32_t from = parts.getPart(start).getLimit();
    for (int32_t i = start + 1; i <= parts.getLimitPartIndex(start); ++i) {
        const MessagePattern::Part& part = parts.getPart(i);
        letters += grapheme_boundaries(words_at(parts, {from, part.getIndex()})).size() - 1;
        if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) letters += letters_of_a_number;
        if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
            letters += longest_argument(parts, i);
            i = parts.getLimitPartIndex(i);
        }
        from = parts.getPart(i).getLimit();
    }
    return letters;
}

} // namespace

Result<MessageShape> shape_of(std::string_view pattern) {
    VAKANT_TRY(parts, parsed_message(pattern));
    MessageShape shape;
    for (int32_t i = 0; i < parts.countParts(); ++i) {
        const MessagePattern::Part& part = parts.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
        shape.arguments.insert(utf8_of(parts.getSubstring(parts.getPart(i + 1))));
        const UMessagePatternArgType type = part.getArgType();
        if (type != UMSGPAT_ARG_TYPE_NONE && type != UMSGPAT_ARG_TYPE_SIMPLE)
            shape.choices.push_back(choice_at(parts, i));
    }
    for (const Stretch stretch : stretches_of_words(parts))
        shape.literals.push_back(words_at(parts, stretch));
    shape.longest = longest_message(parts, 0);
    return shape;
}

Result<std::string> with_literals(std::string_view pattern,
                                  const std::function<std::string(std::string_view)>& change) {
    VAKANT_TRY(parts, parsed_message(pattern));
    std::string changed;
    int32_t from = 0;
    for (const Stretch stretch : stretches_of_words(parts)) {
        changed += words_at(parts, {from, stretch.first});
        changed += change(words_at(parts, stretch));
        from = stretch.last;
    }
    changed += words_at(parts, {from, parts.getPatternString().length()});
    return changed;
}

std::set<std::string> plural_categories(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> rules(
        icu::PluralRules::forLocale(locale_of(language), UPLURAL_TYPE_CARDINAL, status));
    std::set<std::string> categories{"other"};
    if (U_FAILURE(status)) return categories;
    const std::unique_ptr<icu::StringEnumeration> words(rules->getKeywords(status));
    while (U_SUCCESS(status) && words != nullptr) {
        const icu::UnicodeString* word = words->snext(status);
        if (word == nullptr) break;
        categories.insert(utf8_of(*word));
    }
    return categories;
}

} // namespace vakant
