#include "kiosk/ui/keyboard_layouts.h"

namespace vakant {
namespace {

// Lam-alef is a key of its own on Arabic keyboards and types two letters.
constexpr KeyboardLayout layouts[] = {
    {"fi",
     "FI",
     {"q w e r t y u i o p å <backspace>", "a s d f g h j k l ö ä '", "<shift> z x c v b n m , . -"},
     {"1 2 3 4 5 6 7 8 9 0 <backspace>", "é š ž ü õ ø æ ’ ' \" &", "@ + - _ . , : ; / ( ) ! ?"}},
    {"en",
     "EN",
     {"q w e r t y u i o p <backspace>", "a s d f g h j k l '", "<shift> z x c v b n m , . -"},
     {"1 2 3 4 5 6 7 8 9 0 <backspace>", "é š ž å ä ö ü ’ ' \" &", "@ + - _ . , : ; / ( ) ! ?"}},
    {"uk",
     "УК",
     {"й ц у к е н г ш щ з х ї <backspace>", "ф і в а п р о л д ж є ґ", "<shift> я ч с м и т ь б ю ’ . -"},
     {"1 2 3 4 5 6 7 8 9 0 <backspace>", "ы э ъ ё № ' \" « » &", "@ + - _ . , : ; / ( ) ! ?"}},
    {"ar",
     "ع",
     {"ض ص ث ق ف غ ع ه خ ح ج د <backspace>", "ش س ي ب ل ا ت ن م ك ط ذ", "أ إ آ ئ ء ؤ ر لا ى ة و ز ظ"},
     {"1 2 3 4 5 6 7 8 9 0 <backspace>", "١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩ ٠", "@ + - _ . ، : ؛ / ( ) ! ؟"}},
};

constexpr std::string_view telephone[] = {"1 2 3 <backspace>", "4 5 6 +", "7 8 9 -", "( 0 ) <ready>"};
constexpr std::string_view digits[] = {"1 2 3", "4 5 6", "7 8 9", "<backspace> 0 <ready>"};

} // namespace

std::span<const KeyboardLayout> keyboard_layouts() {
    return layouts;
}
std::span<const std::string_view> telephone_rows() {
    return telephone;
}
std::span<const std::string_view> number_rows() {
    return digits;
}

std::string_view last_row(bool symbols, bool email) {
    if (email)
        return symbols ? "<letters> <language> @ . - _ <ready>" : "<symbols> <language> @ . - _ <ready>";
    return symbols ? "<letters> <language> <space> <ready>" : "<symbols> <language> <space> <ready>";
}

} // namespace vakant
