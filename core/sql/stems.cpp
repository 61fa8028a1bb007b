#include "core/sql/stems.h"

#include <libstemmer.h>
#include <sqlite3.h>

#include <array>

namespace vakant {
namespace {

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerDeleter>;

struct Algorithm {
    std::string_view language;
    const char* name;
};
constexpr std::array algorithms{Algorithm{"fi", "finnish"}, Algorithm{"sv", "swedish"},
                                Algorithm{"nb", "norwegian"}, Algorithm{"en", "english"},
                                Algorithm{"ru", "russian"}};

} // namespace

struct Stemmers::Inside {
    std::array<Stemmer, algorithms.size()> stemmers;
};

Stemmers::Stemmers() : inside_(std::make_unique<Inside>()) {
    for (std::size_t at = 0; at < algorithms.size(); ++at)
        inside_->stemmers[at].reset(sb_stemmer_new(algorithms[at].name, "UTF_8"));
}
Stemmers::Stemmers(Stemmers&&) noexcept = default;
Stemmers& Stemmers::operator=(Stemmers&&) noexcept = default;
Stemmers::~Stemmers() = default;

std::string Stemmers::stem(std::string_view word, std::string_view language) const {
    for (std::size_t at = 0; at < algorithms.size(); ++at) {
        if (algorithms[at].language != language || !inside_->stemmers[at]) continue;
        sb_stemmer* stemmer = inside_->stemmers[at].get();
        const sb_symbol* text = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                                                static_cast<int>(word.size()));
        if (text == nullptr) break; // no memory left: the word itself still finds itself
        return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
    }
    return std::string(word);
}

std::string full_text_version() {
    return std::string("SQLite ") + sqlite3_libversion();
}

} // namespace vakant
