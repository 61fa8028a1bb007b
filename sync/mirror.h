// Fetching what the agencies show: key sets, forms, tests, profiles, vacancies. One exchange a step, so that
// delivery can go first at any time. The engine alone uses it.
#pragma once

#include <deque>
#include <map>

#include "sync/conversation.h"

namespace vakant {

class Mirror {
public:
    explicit Mirror(Conversation& conversation) : talk_(conversation) {}

    std::int64_t due() const { return retry_.at(); }
    void step();
    void now_due() { retry_.now_due(talk_.now()); }
    /// Everything is fetched again, into a cache that is made anew.
    void rebuild_cache();

    /// The key sets alone, because something was signed by a key that we do not know. True: one of them is
    /// new.
    bool fetch_keys();

private:
    enum class Kind { keys, forms, config, skills, occupations, vacancies };
    struct Task {
        Kind kind = Kind::keys;
        std::string agency;
    };
    /// What came of one task.
    enum class Ended { whole, more, failed };

    struct Feed {
        std::string_view path, kind;
    };
    static Feed feed_named(Kind kind);
    void plan();
    Ended run(const Task& task, Result<HttpAnswer>& answer);
    Ended run_keys(Result<HttpAnswer>& answer);
    Ended run_documents(const Task& task, Result<HttpAnswer>& answer);
    Ended run_vacancies(const Task& task, Result<HttpAnswer>& answer);
    Ended take_vacancies(const std::string& agency, const Json& body);
    bool take_document(const std::string& agency, std::string_view kind, const Json& item);
    static std::optional<PublicKey> root_of(const SignedKeySet& set, const PublicKey& pinned,
                                            const Json& successions);
    enum class KeySet { taken, known, refused };
    KeySet take_key_set(const Json& item, const Json& successions);
    bool kept(const Outcome& outcome);
    void make_cache_anew();
    Result<HttpAnswer> get(const std::string& path);
    void remember_tag(const std::string& path, const HttpAnswer& answer);

    Conversation& talk_;
    Retry retry_;
    std::deque<Task> tasks_;
    struct Tag {
        std::string path, value;
        std::int64_t since = 0;
    };
    std::map<std::string, Tag> tags_; ///< by the path up to its query
};

} // namespace vakant
