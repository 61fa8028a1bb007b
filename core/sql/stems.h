// Stems of words by libstemmer, for the full-text index and for what people type. One object belongs to one
// thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vakant {

class Stemmers {
public:
    Stemmers();
    Stemmers(Stemmers&&) noexcept;
    Stemmers& operator=(Stemmers&&) noexcept;
    ~Stemmers();
    /// The stem of a word in lower case. Languages: fi sv nb en ru; the word itself in any other.
    std::string stem(std::string_view word, std::string_view language) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Changes when an index made by another build would no longer fit: kept beside every index.
std::string full_text_version();

} // namespace vakant
