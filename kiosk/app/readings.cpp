#include "kiosk/app/readings.h"

#include "core/base/bytes.h"
#include "core/json/json.h"

namespace vakant {
namespace {

constexpr std::size_t longest_file = 256 * 1024;

Result<std::string> text_of(const Json& json, std::string_view name) {
    if (!json.is_string() || json.text().empty())
        return invalid_input("\"" + std::string(name) + "\" is no text");
    return std::string(json.text());
}

Result<CountedWord> counted_of(const Json& json, std::string_view name) {
    CountedWord forms;
    for (const Json& form : json.items()) {
        VAKANT_TRY(text, text_of(form, name));
        forms.push_back(std::move(text));
    }
    if (forms.empty() || forms.size() > 3)
        return invalid_input("\"" + std::string(name) + "\" has not one, two or three forms");
    return forms;
}

Result<CurrencyWords> currency_of(const Json& json, std::string_view name) {
    VAKANT_TRY(whole, counted_of(json[0], name));
    VAKANT_TRY(part, counted_of(json[1], name));
    return CurrencyWords{std::move(whole), std::move(part)};
}

template <class Said, class Read>
Outcome read_table(const Json& json, std::string_view name, ReadingWords::Table<Said>& table, Read read) {
    if (!json[name].is_object()) return invalid_input("\"" + std::string(name) + "\" is missing");
    for (const auto& [written, said] : json[name].members()) {
        VAKANT_TRY(words, read(said, written));
        table.insert_or_assign(written, std::move(words));
    }
    return done();
}

} // namespace

Result<ReadingWords> load_reading(const std::filesystem::path& file) {
    VAKANT_TRY(text, read_file(file, longest_file));
    VAKANT_TRY(json, parse_json(text));
    ReadingWords words;
    const std::pair<const char*, std::string*> alone[] = {{"range", &words.range},
                                                          {"of", &words.of},
                                                          {"alternative", &words.alternative},
                                                          {"each", &words.each},
                                                          {"date", &words.date}};
    for (const auto& [name, said] : alone) {
        VAKANT_TRY(one, text_of(json[name], name));
        *said = std::move(one);
    }
    words.decimal_is_point = json["decimal"].text() == ".";
    for (const Json& month : json["months"].items()) {
        VAKANT_TRY(name, text_of(month, "months"));
        words.months.push_back(std::move(name));
    }
    if (words.months.size() != 12) return invalid_input("\"months\" are not twelve");
    VAKANT_CHECK(read_table(json, "currencies", words.currencies, currency_of));
    VAKANT_CHECK(read_table(json, "units", words.units, counted_of));
    VAKANT_CHECK(read_table(json, "per", words.per, text_of));
    VAKANT_CHECK(read_table(json, "words", words.words, text_of));
    VAKANT_CHECK(read_table(json, "signs", words.signs, text_of));
    VAKANT_CHECK(read_table(json, "address", words.address, text_of));
    return words;
}

const ReadingWords& Readings::of(std::string_view language) {
    const std::string base(language.substr(0, language.find('-')));
    const auto known = loaded_.find(base);
    if (known != loaded_.end()) return known->second;
    return loaded_.emplace(base, load_reading(folder_ / (base + ".json")).value_or({})).first->second;
}

} // namespace vakant
