// Inside right-to-left text, numbers in groups, telephones, addresses and e-mails keep their own order only
// where they are isolated (U+2068 .. U+2069): a plain "040 123 456" would be shown as "456 123 040".
#include "core/base/utf8.h"
#include "tests/contract/walks.h"

using namespace vakant;

namespace {

bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}

/// What stands open in the text: an e-mail or web address, or digits in groups joined by blanks or hyphens.
bool has_open_number(std::string_view text) {
    int depth = 0;
    char32_t before = 0, two_before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c >= 0x2066 && c <= 0x2068) ++depth;
        if (c == 0x2069) --depth;
        const bool is_joint = before == ' ' || before == '-' || before == '/';
        if (depth == 0 && (c == '@' || (is_digit(c) && is_joint && is_digit(two_before)))) return true;
        two_before = before;
        before = c;
    }
    return false;
}

} // namespace

TEST_CASE("the check for open numbers finds them, and lets isolated ones be") {
    CHECK(has_open_number("اتصل 040 123 456"));
    CHECK(has_open_number("اكتب إلى name@example.com"));
    CHECK(has_open_number("2026-12-31"));
    CHECK_FALSE(has_open_number("اتصل \u2068040 123 456\u2069"));
    CHECK_FALSE(has_open_number("1\u00A0284 وظيفة"));
    CHECK_FALSE(has_open_number("الخطوة 2 من 5"));
}

TEST_CASE("numbers, telephones and addresses are isolated on every Arabic page") {
    Look look;
    look.language = "ar";
    std::size_t texts = 0;
    walk_all(look, [&](const std::string& state, KioskStage& stage) {
        for (const SemanticNode& node : stage.app->tree().nodes()) {
            // Fields and keys lay their letters out by themselves; other languages' texts run from left to
            // right.
            const bool is_arabic = node.language.empty() || node.language == "ar";
            if (!is_arabic || node.role == Role::field || node.role == Role::key) continue;
            for (const std::string* text : {&node.name, &node.value, &node.description}) {
                ++texts;
                INFO(state << ": " << node.key << ": " << *text);
                CHECK_FALSE(has_open_number(*text));
            }
        }
    });
    CHECK(texts > 500);
}
