#include "sync/mirror.h"

namespace vakant {
namespace {

constexpr std::string_view page_limit = "200";
/// A list is not signed as a whole: what stood under a tag may have been an older one (a proxy's, or half an
/// answer). So much later it is asked for without the tag.
constexpr std::int64_t tag_counts_for_ms = 3'600'000;
const std::string keys_path = "/v1/keys";
constexpr std::size_t largest_page = 64u << 20;

/// One remembered tag for each feed, whatever its cursor.
std::string feed_of(const std::string& path) {
    return path.substr(0, path.find("&cursor="));
}

} // namespace

void Mirror::plan() {
    tasks_.push_back({Kind::keys, ""});
    for (const PinnedAgency& agency : talk_.identity.agencies) {
        tasks_.push_back({Kind::forms, agency.id});
        tasks_.push_back({Kind::config, agency.id});
        tasks_.push_back({Kind::skills, agency.id});
        tasks_.push_back({Kind::occupations, agency.id});
        tasks_.push_back({Kind::vacancies, agency.id});
    }
}

void Mirror::step() {
    if (tasks_.empty()) plan();
    const Task task = tasks_.front();
    Result<HttpAnswer> answer = Error{ErrorKind::offline, "not asked"};
    const Ended ended = run(task, answer);
    if (ended != Ended::more) tasks_.pop_front();
    const bool line_is_bad = !answer.ok() || answer->status == 429 || answer->status == 503;
    if (ended == Ended::failed && line_is_bad) {
        tasks_.clear();
        return talk_.put_off(retry_, answer);
    }
    // A feed that fails alone does not hold up the next one; its turn comes again in the next round.
    if (ended != Ended::failed) talk_.status.online = true;
    retry_.succeeded(tasks_.empty() ? talk_.now() + talk_.settings.mirror_every_ms : talk_.now());
}

Mirror::Ended Mirror::run(const Task& task, Result<HttpAnswer>& answer) {
    switch (task.kind) {
    case Kind::keys:
        return run_keys(answer);
    case Kind::vacancies:
        return run_vacancies(task, answer);
    case Kind::forms:
    case Kind::skills:
    case Kind::config:
    case Kind::occupations:
        break;
    }
    return run_documents(task, answer);
}

Result<HttpAnswer> Mirror::get(const std::string& path) {
    HttpRequest request;
    request.largest_answer = largest_page;
    const auto tag = tags_.find(feed_of(path));
    if (tag != tags_.end() && tag->second.path == path && talk_.now() - tag->second.since < tag_counts_for_ms)
        request.headers.emplace_back("If-None-Match", tag->second.value);
    return talk_.ask("GET", path, std::move(request));
}

void Mirror::remember_tag(const std::string& path, const HttpAnswer& answer) {
    const std::string_view tag = answer.header("etag");
    if (tag.empty()) {
        tags_.erase(feed_of(path));
    } else {
        tags_[feed_of(path)] = {path, std::string(tag), talk_.now()};
    }
}

/// False: the cache did not take it. A damaged one is made anew and everything fetched again.
bool Mirror::kept(const Outcome& outcome) {
    if (outcome.ok()) return true;
    talk_.note_problem(outcome.error().kind);
    if (outcome.error().kind == ErrorKind::damaged) make_cache_anew();
    return false;
}

/// The root that signed the set: the pinned one, or one that it handed over to, step by step.
std::optional<PublicKey> Mirror::root_of(const SignedKeySet& set, const PublicKey& pinned,
                                         const Json& successions) {
    PublicKey root = pinned;
    for (std::size_t step = 0; step <= successions.size(); ++step) {
        if (check_key_set(set, root).ok()) return root;
        const auto& items = successions.items();
        const auto next = std::find_if(items.begin(), items.end(), [&](const Json& item) {
            const auto handed_over = root_succession_from_json_text(item.to_text());
            if (!handed_over.ok() || handed_over->agency != set.keys.agency) return false;
            if (handed_over->previous != root || !check_root_succession(*handed_over).ok()) return false;
            root = handed_over->next;
            return true;
        });
        if (next == items.end()) return std::nullopt;
    }
    return std::nullopt;
}

void Mirror::make_cache_anew() {
    if (!talk_.ports.rebuild_cache) return;
    tags_.clear();
    talk_.ports.rebuild_cache().ignore("the next change fails and says so again");
}

void Mirror::rebuild_cache() {
    make_cache_anew();
    tasks_.clear(); // what was planned assumed what is gone
    now_due();
}

Mirror::KeySet Mirror::take_key_set(const Json& item, const Json& successions) {
    const auto set = key_set_from_json_text(item.to_text());
    if (!set.ok()) return KeySet::refused;
    PinnedAgency* agency = talk_.agency(set->keys.agency);
    if (agency == nullptr || set->keys.version <= agency->keys.version)
        return KeySet::known; // never goes back
    const std::optional<PublicKey> root = root_of(*set, agency->root, successions);
    if (!root) return KeySet::refused;
    agency->root = *root;
    agency->keys = set->keys;
    agency->keys_signature = set->signature;
    return KeySet::taken;
}

Mirror::Ended Mirror::run_keys(Result<HttpAnswer>& answer) {
    answer = get(keys_path);
    if (!answer.ok()) return Ended::failed;
    if (answer->status == 304) return Ended::whole;
    const auto body = parse_json(answer->body);
    if (!body.ok() || answer->status != 200 || !(*body)["key_sets"].is_array()) return Ended::failed;
    bool changed = false;
    bool all = true;
    for (const Json& item : (*body)["key_sets"].items()) {
        const KeySet outcome = take_key_set(item, (*body)["root_successions"]);
        changed = changed || outcome == KeySet::taken;
        all = all && outcome != KeySet::refused;
    }
    if (changed) {
        const Outcome saved = talk_.ports.save_identity(talk_.identity);
        if (!saved.ok()) {
            talk_.note_problem(saved.error().kind);
            return Ended::failed;
        }
        tags_.clear(); // documents that were left out may hold now
    }
    if (all) {
        remember_tag(keys_path, *answer);
    } else {
        talk_.note_problem(ErrorKind::not_authentic);
        tags_.erase(keys_path); // the whole list again next time
    }
    return Ended::whole;
}

bool Mirror::fetch_keys() {
    std::vector<std::int64_t> before, after;
    for (const PinnedAgency& agency : talk_.identity.agencies)
        before.push_back(agency.keys.version);
    // Something is signed by a key that is not in what came under this tag, so it may have been an older
    // list.
    tags_.erase(keys_path);
    Result<HttpAnswer> answer = Error{ErrorKind::offline, "not asked"};
    if (run_keys(answer) == Ended::failed) return false;
    for (const PinnedAgency& agency : talk_.identity.agencies)
        after.push_back(agency.keys.version);
    return before != after;
}

bool Mirror::take_document(const std::string& agency, std::string_view kind, const Json& item) {
    SignedContent content;
    content.agency = agency;
    content.kind = kind;
    content.id = item["id"].text();
    content.body = item["body"].text();
    content.signer = item["signer"].text();
    const auto signature = from_base64url(item["signature"].text());
    if (!signature.ok() || signature->size() != content.signature.size()) return false;
    std::copy(signature->begin(), signature->end(), content.signature.begin());
    const std::string digest = blake2b_hex(content.body);
    if (content.id.empty() || item["digest"].text() != digest) return false;
    const PinnedAgency* pinned = talk_.agency(agency);
    if (pinned == nullptr) return false;
    if (const Outcome genuine = check_content(content, pinned->keys); !genuine.ok()) {
        if (genuine.error().kind == ErrorKind::not_found) talk_.keys_wanted = true;
        return false;
    }
    return kept(talk_.ports.put_document({agency, std::string(kind), content.id, digest, content.body}));
}

Mirror::Feed Mirror::feed_named(Kind kind) {
    if (kind == Kind::forms) return {"/v1/forms", "form"};
    if (kind == Kind::config) return {"/v1/config", "config"};
    if (kind == Kind::occupations) return {"/v1/occupations", "occupations"};
    return {"/v1/skills", "skill"};
}

Mirror::Ended Mirror::run_documents(const Task& task, Result<HttpAnswer>& answer) {
    const Feed feed = feed_named(task.kind);
    const std::string path = std::string(feed.path) + "?agency=" + percent_encoded(task.agency);
    answer = get(path);
    if (!answer.ok()) return Ended::failed;
    if (answer->status == 304) return Ended::whole;
    const auto body = parse_json(answer->body);
    if (!body.ok() || answer->status != 200 || !body->is_array()) return Ended::failed;
    bool all = true;
    std::vector<std::string> ids;
    for (const Json& item : body->items()) {
        ids.emplace_back(item["id"].text());
        all = take_document(task.agency, feed.kind, item) && all;
    }
    if (talk_.ports.keep_only_documents &&
        !kept(talk_.ports.keep_only_documents(task.agency, feed.kind, ids)))
        return Ended::failed;
    if (!all) {
        talk_.note_problem(ErrorKind::not_authentic);
        tags_.erase(feed_of(path)); // the whole list again next time
        return Ended::whole;
    }
    remember_tag(path, *answer);
    return Ended::whole;
}

Mirror::Ended Mirror::run_vacancies(const Task& task, Result<HttpAnswer>& answer) {
    const auto cursor = talk_.ports.cursor(task.agency);
    if (!cursor.ok()) {
        (void)kept(cursor.error());
        return Ended::failed;
    }
    const std::string path = "/v1/vacancies?agency=" + percent_encoded(task.agency) +
                             "&limit=" + std::string(page_limit) + "&cursor=" + percent_encoded(*cursor);
    answer = get(path);
    if (!answer.ok()) return Ended::failed;
    if (answer->status == 304) return Ended::whole;
    if (answer->status == 410 && !cursor->empty())
        return kept(talk_.ports.start_over(task.agency)) ? Ended::more : Ended::failed;
    const auto body = parse_json(answer->body);
    if (!body.ok() || answer->status != 200) return Ended::failed;
    const Ended ended = take_vacancies(task.agency, *body);
    if (ended == Ended::whole && (*body)["next_cursor"].text() == *cursor) remember_tag(path, *answer);
    // A page that says "more" and does not move the cursor would be fetched for ever.
    if (ended == Ended::more && (*body)["next_cursor"].text() == *cursor) return Ended::failed;
    return ended;
}

Mirror::Ended Mirror::take_vacancies(const std::string& agency, const Json& body) {
    const auto next_cursor = body.require_text("next_cursor");
    if (!next_cursor.ok() || !body["upserts"].is_array()) {
        talk_.note_problem(ErrorKind::invalid_input);
        return Ended::failed;
    }
    VacancyPage page;
    page.next_cursor = *next_cursor;
    page.more = body["more"].bool_or(false);
    page.generated_at = body["generated_at"].integer_or(0);
    for (const Json& item : body["upserts"].items()) {
        auto vacancy = vacancy_from_json(item);
        // One that cannot be read, or is another agency's, is left out; the others are shown.
        if (vacancy.ok() && vacancy->agency == agency) {
            page.upserts.push_back(std::move(*vacancy));
        } else {
            talk_.note_problem(ErrorKind::invalid_input);
        }
    }
    for (const Json& id : body["tombstones"].items())
        page.tombstones.emplace_back(id.text());
    if (!kept(talk_.ports.apply_vacancies(agency, page))) return Ended::failed;
    return page.more ? Ended::more : Ended::whole;
}

} // namespace vakant
