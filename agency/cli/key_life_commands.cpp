#include <algorithm>
#include <ostream>

#include "agency/cli/commands.h"
#include "agency/cli/passphrases.h"
#include "agency/devices/key_life.h"

namespace vakant {

namespace {

/// What is published of an agency.
struct Published {
    std::string name;
    PublicKey root{};
    KeySet keys;
};

Result<Published> published(const Invocation& invocation, const std::string& agency) {
    VAKANT_TRY(answer, run_action(invocation, "keys", Json::object({{"agency", agency}})));
    Published found;
    found.name = std::string(answer["name"].text());
    VAKANT_TRY(root, from_base64url(answer["root"].text()));
    if (root.size() != found.root.size()) return internal_error("a root of the wrong length");
    std::ranges::copy(root, found.root.begin());
    VAKANT_TRY(set, key_set_from_json_text(answer["key_set"].to_text()));
    found.keys = std::move(set.keys);
    return found;
}

/// The agency's root, from its file: the one that kiosks follow now, and no other.
Result<SigningKey> root_of(const Invocation& invocation, const KeysOptions& options, const Published& known) {
    VAKANT_TRY(passphrase,
               passphrase_of(invocation, options.passphrase_file, "Passphrase of the root key: "));
    VAKANT_TRY(root, read_root_file(options.root_file, passphrase));
    if (root.public_key == known.root) return root;
    return refused(options.root_file.string() + ": not the root of " + options.agency +
                   " that kiosks follow now; nothing was changed");
}

Outcome publish(const Invocation& invocation, const Published& known, KeySet keys, const SigningKey& root) {
    keys.version = known.keys.version + 1;
    keys.made_at = invocation.clock.wall_ms();
    const SignedKeySet set = sign_key_set(keys, root);
    VAKANT_TRY(added, run_action(invocation, "agency_add",
                                 Json::object({{"id", keys.agency},
                                               {"name", known.name},
                                               {"root", to_base64url(known.root)},
                                               {"key_set", to_json_text(set)}})));
    (void)added;
    return done();
}

/// A running `serve` reads the key files again and signs what it offers anew.
Outcome files_changed(const Invocation& invocation, const std::string& agency) {
    VAKANT_TRY(read, run_action(invocation, "keys_changed", Json::object({{"agency", agency}})));
    (void)read;
    return done();
}

void say(const Invocation& invocation, const Json& answer, const std::string& text) {
    invocation.out << (invocation.json ? answer.to_text() : text) << "\n";
}

bool holds(const std::vector<PublicKey>& keys, const KeyId& id) {
    return std::ranges::any_of(keys, [&id](const PublicKey& key) { return key_id_of(key) == id; });
}

void drop(std::vector<PublicKey>& keys, const KeyId& id) {
    std::erase_if(keys, [&id](const PublicKey& key) { return key_id_of(key) == id; });
}

/// The uses that `--keys` names; all where it names none.
Result<std::vector<KeyUse>> uses_of(const std::vector<std::string>& names) {
    std::vector<KeyUse> uses;
    for (const KeyUse use : {KeyUse::opening, KeyUse::answer, KeyUse::content})
        if (names.empty() || std::ranges::find(names, name_of(use)) != names.end()) uses.push_back(use);
    if (!names.empty() && uses.size() != names.size())
        return invalid_input("--keys: opening, answer, content, each once");
    return uses;
}

/// A lost opening key: the one named, or the only one that there is.
Result<KeyId> lost_key(const KeysOptions& options, const KeySet& keys, const KeysHere& here) {
    KeyId lost = options.key;
    if (lost.empty() && keys.opening.size() == 1) lost = key_id_of(keys.opening.front());
    if (lost.empty()) return invalid_input("--key: several processes have opening keys; say whose is lost");
    if (!holds(keys.opening, lost))
        return not_found("key " + lost + ": the key set names no such opening key");
    if (here.has(lost)) return refused("key " + lost + ": its file is here, nothing is lost");
    return lost;
}

/// The first of a use is the one in use.
bool is_first(const std::vector<KeyId>& ids, const KeyId& id) {
    return !ids.empty() && ids.front() == id;
}

std::string sentence(const Json& devices) {
    std::string text;
    for (const Json& device : devices.items())
        text += (text.empty() ? "" : ", ") + std::string(device.text());
    return text;
}

} // namespace

Outcome keys_show_command(const Invocation& invocation, const KeysOptions& options) {
    VAKANT_TRY(known, published(invocation, options.agency));
    VAKANT_TRY(here, keys_here(invocation.settings.data, options.agency));
    Json rows = Json::array();
    const auto add = [&](const char* use, const PublicKey& key) {
        rows.push(Json::object({{"use", use}, {"key", key_id_of(key)}, {"here", here.has(key_id_of(key))}}));
    };
    for (const PublicKey& key : known.keys.opening)
        add("opening", key);
    add("recovery", known.keys.recovery);
    for (const PublicKey& key : known.keys.answers)
        add("answer", key);
    for (const PublicKey& key : known.keys.content)
        add("content", key);
    for (const KeyId& id : here.opening)
        if (!holds(known.keys.opening, id) && id != key_id_of(known.keys.recovery))
            rows.push(Json::object({{"use", "opening, no longer published"}, {"key", id}, {"here", true}}));
    std::string text = "key set " + std::to_string(known.keys.version) + " of " + options.agency;
    for (const Json& row : rows.items())
        text += "\n" + std::string(row["key"].text()) + "  " + std::string(row["use"].text()) +
                (row["here"].bool_or(false) ? "  file is here" : "");
    say(invocation, Json::object({{"version", known.keys.version}, {"keys", rows}}), text);
    return done();
}

Outcome keys_rotate_command(const Invocation& invocation, const KeysOptions& options) {
    VAKANT_TRY(uses, uses_of(options.uses));
    VAKANT_TRY(known, published(invocation, options.agency));
    VAKANT_TRY(root, root_of(invocation, options, known));
    const std::filesystem::path& data = invocation.settings.data;
    VAKANT_TRY(before, keys_here(data, options.agency));
    KeySet keys = known.keys;
    std::vector<std::pair<KeyUse, PublicKey>> made;
    for (const KeyUse use : uses) {
        VAKANT_TRY(key, make_key_file(data, options.agency, use));
        made.emplace_back(use, key);
        // Kiosks seal to the new opening key alone; the former one stays here and opens what is on its way.
        // Other processes' keys stay named. Signatures of the former keys go on holding until they retire.
        if (use == KeyUse::opening)
            std::erase_if(keys.opening, [&](const PublicKey& each) { return before.has(key_id_of(each)); });
        auto& list = use == KeyUse::opening  ? keys.opening
                     : use == KeyUse::answer ? keys.answers
                                             : keys.content;
        list.push_back(key);
    }
    // Published before it is used: nobody meets a signature that no key set names.
    VAKANT_CHECK(publish(invocation, known, keys, root));
    Json rows = Json::array();
    std::string text = "key set " + std::to_string(known.keys.version + 1) + " is published";
    for (const auto& [use, key] : made) {
        VAKANT_CHECK(take_into_use(data, options.agency, use, key));
        rows.push(Json::object({{"use", name_of(use)}, {"key", key_id_of(key)}}));
        text += "\n" + key_id_of(key) + "  " + std::string(name_of(use));
    }
    VAKANT_CHECK(files_changed(invocation, options.agency));
    say(invocation, Json::object({{"version", known.keys.version + 1}, {"keys", rows}}),
        text + "\nThe former keys stay until `keys retire`.");
    return done();
}

Outcome keys_retire_command(const Invocation& invocation, const KeysOptions& options) {
    VAKANT_TRY(known, published(invocation, options.agency));
    const std::filesystem::path& data = invocation.settings.data;
    VAKANT_TRY(here, keys_here(data, options.agency));
    const KeyId& id = options.key;
    if (!here.has(id)) return not_found("key " + id + ": no file of it is here");
    if (holds(known.keys.opening, id) || id == key_id_of(known.keys.recovery))
        return refused("key " + id +
                       ": kiosks seal to it now; `keys rotate` or `keys replace-recovery` first");
    if (is_first(here.answer, id) || is_first(here.content, id))
        return refused("key " + id + ": it signs now; `keys rotate` first");
    if (std::ranges::find(here.opening, id) != here.opening.end()) {
        VAKANT_TRY(holding, run_action(invocation, "key_holders",
                                       Json::object({{"agency", options.agency}, {"key", id}})));
        if (holding.size() > 0)
            return refused(
                "key " + id + ": these kiosks may hold what only it opens, until they are heard " +
                "with the newer key set and nothing waiting, or are revoked: " + sentence(holding));
    } else if (holds(known.keys.answers, id) || holds(known.keys.content, id)) {
        VAKANT_TRY(root, root_of(invocation, options, known));
        KeySet keys = known.keys;
        drop(keys.answers, id);
        drop(keys.content, id);
        VAKANT_CHECK(publish(invocation, known, keys, root));
    }
    VAKANT_CHECK(retire_key_file(data, options.agency, id));
    VAKANT_TRY(noted, run_action(invocation, "key_retired",
                                 Json::object({{"agency", options.agency}, {"key", id}})));
    (void)noted;
    say(invocation, Json::object({{"retired", id}}),
        "retired " + id + "\nIts file is in " + (data / "keys" / options.agency / "retired").string() +
            ": keep it as long as a backup of before this day may be put back.");
    return done();
}

Outcome keys_recover_command(const Invocation& invocation, const KeysOptions& options) {
    VAKANT_TRY(known, published(invocation, options.agency));
    const std::filesystem::path& data = invocation.settings.data;
    VAKANT_TRY(here, keys_here(data, options.agency));
    VAKANT_TRY(lost, lost_key(options, known.keys, here));
    VAKANT_TRY(recovery, read_recovery_file(options.recovery_file, options.agency));
    if (recovery.public_key != known.keys.recovery)
        return refused(options.recovery_file.string() + ": an earlier recovery key; what was sealed lately " +
                       "does not open with it");
    VAKANT_TRY(root, root_of(invocation, options, known));
    VAKANT_CHECK(put_recovery_to_work(data, options.agency, recovery));
    VAKANT_TRY(key, make_key_file(data, options.agency, KeyUse::opening));
    KeySet keys = known.keys;
    drop(keys.opening, lost);
    keys.opening.push_back(key);
    VAKANT_CHECK(publish(invocation, known, keys, root));
    VAKANT_CHECK(files_changed(invocation, options.agency));
    say(invocation,
        Json::object({{"lost", lost}, {"opening", key_id_of(key)}, {"version", known.keys.version + 1}}),
        "What waits at kiosks opens again. The recovery key is on this machine now: `keys replace-recovery` "
        "next, then `keys retire " +
            key_id_of(recovery.public_key) + "`.");
    return done();
}

Outcome keys_replace_recovery_command(const Invocation& invocation, const KeysOptions& options) {
    VAKANT_TRY(known, published(invocation, options.agency));
    VAKANT_TRY(root, root_of(invocation, options, known));
    VAKANT_TRY(made, make_recovery_file(options.out_folder, options.agency));
    KeySet keys = known.keys;
    const KeyId former = key_id_of(keys.recovery);
    keys.recovery = made.key;
    VAKANT_CHECK(publish(invocation, known, keys, root));
    VAKANT_TRY(holding, run_action(invocation, "key_holders",
                                   Json::object({{"agency", options.agency}, {"key", former}})));
    say(invocation,
        Json::object(
            {{"recovery_file", made.file.string()}, {"former", former}, {"still_needed_for", holding}}),
        "recovery  " + made.file.string() + " (keep it offline)\nKeep the former one (" + former +
            ") too: these kiosks may hold what was sealed to it: " + sentence(holding));
    return done();
}

Outcome keys_renew_root_command(const Invocation& invocation, const KeysOptions& options) {
    VAKANT_TRY(known, published(invocation, options.agency));
    VAKANT_TRY(root, root_of(invocation, options, known));
    VAKANT_TRY(passphrase, new_passphrase(invocation, options.new_passphrase_file));
    if (passphrase.size() < 8) return invalid_input("passphrase: at least 8 characters");
    const SigningKey next = make_signing_key();
    std::error_code failed;
    std::filesystem::create_directories(options.out_folder, failed);
    if (failed) return refused(options.out_folder.string() + ": " + failed.message());
    const std::filesystem::path file =
        options.out_folder / (options.agency + "-root-" + key_id_of(next.public_key) + ".json");
    VAKANT_CHECK(write_root_file(file, options.agency, next, passphrase, invocation.random));
    const UtcMs now = invocation.clock.wall_ms();
    const RootSuccession succession = sign_root_succession(options.agency, root, next, now);
    KeySet keys = known.keys;
    keys.version += 1;
    keys.made_at = now;
    VAKANT_TRY(renewed, run_action(invocation, "root_renew",
                                   Json::object({{"succession", to_json_text(succession)},
                                                 {"key_set", to_json_text(sign_key_set(keys, next))}})));
    (void)renewed;
    say(invocation, Json::object({{"root_file", file.string()}, {"root_key", to_base64url(next.public_key)}}),
        "root key  " + file.string() +
            " (keep it and its passphrase offline)\nKiosks follow it by the former " +
            "root's signature. Keep the former file until every kiosk was heard.");
    return done();
}

} // namespace vakant
