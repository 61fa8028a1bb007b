#include "core/sql/tokenizer.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/sql/sql.h"

namespace vakant {
namespace {

/// Words longer than this are codes and addresses; they have no stem worth having.
constexpr std::size_t longest_stemmed = 64;
/// How many words' forms are remembered: advertisements repeat their words.
constexpr std::size_t remembered_words = 20'000;

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

/// What the tokenizer needs from the one that ships with FTS5.
struct Unicode61 {
    fts5_tokenizer calls{};
    Fts5Tokenizer* instance = nullptr;
    Unicode61() = default;
    Unicode61(const Unicode61&) = delete;
    Unicode61& operator=(const Unicode61&) = delete;
    ~Unicode61() {
        if (instance != nullptr) calls.xDelete(instance);
    }
    int create(fts5_api* api, const char* remove_diacritics) {
        void* context = nullptr;
        if (const int code = api->xFindTokenizer(api, "unicode61", &context, &calls); code != SQLITE_OK)
            return code;
        std::array<const char*, 2> arguments{"remove_diacritics", remove_diacritics};
        return calls.xCreate(context, arguments.data(), static_cast<int>(arguments.size()), &instance);
    }
};

/// Letters that Unicode does not take apart, as people type them on a keyboard that lacks them.
struct PlainLetter {
    std::string_view letter, plain;
};
constexpr std::array plain_letters{PlainLetter{"ø", "o"},  PlainLetter{"æ", "ae"}, PlainLetter{"œ", "oe"},
                                   PlainLetter{"ß", "ss"}, PlainLetter{"ł", "l"},  PlainLetter{"đ", "d"},
                                   PlainLetter{"ð", "d"},  PlainLetter{"þ", "th"}, PlainLetter{"ı", "i"}};

std::string with_plain_letters(std::string text) {
    for (const PlainLetter& each : plain_letters) {
        for (std::size_t at = text.find(each.letter); at != std::string::npos;
             at = text.find(each.letter, at)) {
            text.replace(at, each.letter.size(), each.plain);
        }
    }
    return text;
}

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// One for each full-text table of a connection, so it belongs to one thread.
class SearchTokenizer {
public:
    int create(fts5_api* api) {
        for (const char* language : {"finnish", "swedish", "english", "norwegian"}) {
            stemmers_.emplace_back(sb_stemmer_new(language, "UTF_8"));
            if (stemmers_.back() == nullptr) return SQLITE_ERROR;
        }
        if (const int code = surface_.create(api, "0"); code != SQLITE_OK) return code;
        return folding_.create(api, "2");
    }

    using Emit = int (*)(void* context, int flags, const char* token, int length, int start, int end);

    int tokenize(void* context, int flags, const char* text, int length, Emit emit) {
        Pass pass{this, context, flags, emit};
        return surface_.calls.xTokenize(surface_.instance, &pass, flags, text, length, on_word);
    }

private:
    struct Pass {
        SearchTokenizer* self;
        void* context;
        int flags;
        Emit emit;
    };
    struct Forms {
        std::vector<std::string> stems;  ///< other than the word itself
        std::vector<std::string> folded; ///< of the word and its stems, where they differ
    };

    static int on_word(void* context, int flags, const char* token, int length, int start, int end) {
        const Pass& pass = *static_cast<Pass*>(context);
        if (const int code = pass.emit(pass.context, flags, token, length, start, end); code != SQLITE_OK)
            return code;
        // A prefix is no word: its stem would match what the person is not typing.
        if ((pass.flags & FTS5_TOKENIZE_PREFIX) != 0) return SQLITE_OK;
        const Forms& forms = pass.self->forms_of({token, static_cast<std::size_t>(length)});
        const auto beside = [&](const std::vector<std::string>& words) {
            for (const std::string& word : words) {
                const int code = pass.emit(pass.context, flags | FTS5_TOKEN_COLOCATED, word.data(),
                                           static_cast<int>(word.size()), start, end);
                if (code != SQLITE_OK) return code;
            }
            return SQLITE_OK;
        };
        if (const int code = beside(forms.stems); code != SQLITE_OK) return code;
        // Folded forms stand in the index only: "saari" typed without dots finds "sääri", but who types
        // "sääri" does not get islands.
        if ((pass.flags & FTS5_TOKENIZE_QUERY) != 0) return SQLITE_OK;
        return beside(forms.folded);
    }

    const Forms& forms_of(std::string_view word) {
        const std::string key(word);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        if (known_.size() >= remembered_words) known_.clear();
        return known_.emplace(key, make_forms(key)).first->second;
    }

    Forms make_forms(const std::string& word) {
        Forms forms;
        std::vector<std::string> all{word};
        const auto add = [&all](std::vector<std::string>& to, std::string form) {
            if (form.size() < 2 || std::find(all.begin(), all.end(), form) != all.end()) return;
            all.push_back(form);
            to.push_back(std::move(form));
        };
        if (word.size() > 3 && word.size() <= longest_stemmed && !has_digit(word)) {
            for (const auto& stemmer : stemmers_)
                add(forms.stems, stem(stemmer.get(), word));
        }
        const std::vector<std::string> unfolded = all;
        for (const std::string& form : unfolded)
            add(forms.folded, fold(form));
        return forms;
    }

    static std::string stem(sb_stemmer* stemmer, const std::string& word) {
        const sb_symbol* text = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                                                static_cast<int>(word.size()));
        if (text == nullptr) return {};
        return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
    }

    std::string fold(const std::string& word) {
        if (std::all_of(word.begin(), word.end(), [](char c) { return static_cast<signed char>(c) > 0; }))
            return {};
        std::string folded;
        const auto collect = [](void* context, int, const char* token, int length, int, int) {
            static_cast<std::string*>(context)->append(token, static_cast<std::size_t>(length));
            return SQLITE_OK;
        };
        const int code = folding_.calls.xTokenize(folding_.instance, &folded, FTS5_TOKENIZE_DOCUMENT,
                                                  word.data(), static_cast<int>(word.size()), collect);
        return code == SQLITE_OK ? with_plain_letters(std::move(folded)) : std::string();
    }

    std::vector<std::unique_ptr<sb_stemmer, StemmerDeleter>> stemmers_;
    Unicode61 surface_, folding_;
    std::unordered_map<std::string, Forms> known_;
};

// Exceptions may not pass through SQLite's C code.
int create_tokenizer(void* api, const char**, int, Fts5Tokenizer** out) try {
    auto tokenizer = std::make_unique<SearchTokenizer>();
    if (const int code = tokenizer->create(static_cast<fts5_api*>(api)); code != SQLITE_OK) return code;
    *out = reinterpret_cast<Fts5Tokenizer*>(tokenizer.release());
    return SQLITE_OK;
} catch (...) {
    return SQLITE_NOMEM;
}

void delete_tokenizer(Fts5Tokenizer* tokenizer) {
    delete reinterpret_cast<SearchTokenizer*>(tokenizer);
}

int tokenize(Fts5Tokenizer* tokenizer, void* context, int flags, const char* text, int length,
             SearchTokenizer::Emit emit) try {
    return reinterpret_cast<SearchTokenizer*>(tokenizer)->tokenize(context, flags, text, length, emit);
} catch (...) {
    return SQLITE_NOMEM;
}

fts5_api* full_text_of(sqlite3* handle) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) return nullptr;
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

} // namespace

Outcome add_search_tokenizer(sqlite3* handle) {
    fts5_api* api = full_text_of(handle);
    if (api == nullptr) return internal_error("this SQLite has no FTS5");
    fts5_tokenizer calls{create_tokenizer, delete_tokenizer, tokenize};
    if (api->xCreateTokenizer(api, "vakant", api, &calls, nullptr) != SQLITE_OK)
        return internal_error("the tokenizer cannot be registered");
    return done();
}

std::string search_tokenizer_version() {
    return std::string("vakant 1 on SQLite ") + sqlite3_libversion();
}

} // namespace vakant
