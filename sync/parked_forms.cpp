#include "sync/parked_forms.h"

#include <cstring>

#include "core/crypto/crypto.h"
#include "core/sql/sql.h"

namespace vakant {
namespace {

constexpr std::size_t longest_draft = 256u << 10;
constexpr std::size_t padded_to = 4096; ///< so that the length tells little
constexpr std::int64_t most_parked = 200;

/// What one code opens. Both halves come from one run of Argon2id, so that a wrong code costs as much as a
/// right one and the row is found without trying every row.
struct Opener {
    std::string place;
    StorageKey key;
};

Digest part_of(const StorageKey& stretched, std::string_view use) {
    Bytes message = to_bytes(use);
    message.insert(message.end(), stretched.view().begin(), stretched.view().end());
    const Digest part = blake2b(message);
    std::memset(message.data(), 0, message.size());
    asm volatile("" : : "r"(message.data()) : "memory");
    return part;
}

Result<Opener> opener_of(ByteView code, ByteView salt) {
    if (code.size() != parking_code_bytes) return invalid_input("a parking code of the wrong length");
    VAKANT_TRY(stretched, key_from_passphrase(as_text(code), salt));
    Opener opener;
    opener.place = to_hex(ByteView(part_of(stretched, "vakant-parked/1 place")).first(16));
    VAKANT_TRY(key, StorageKey::from(part_of(stretched, "vakant-parked/1 key")));
    opener.key = key;
    return opener;
}

std::string bound_to(std::string_view place) {
    return "vakant-parked/1;" + std::string(place);
}

constexpr std::string_view is_alive = "parked_at > ?";
/// A clock that starts years too early (no battery) must not cost anybody their form, so it counts as young.
SqlValue alive_at(UtcMs now) {
    return now - parked_for_ms;
}

} // namespace

std::string_view parked_forms_schema() {
    return R"sql(
        CREATE TABLE parked(place TEXT PRIMARY KEY, parked_at INTEGER NOT NULL, draft BLOB NOT NULL) STRICT;
        CREATE TABLE parking(one INTEGER PRIMARY KEY CHECK (one = 1), salt BLOB NOT NULL) STRICT;
    )sql";
}

/// Of this kiosk alone: a code opens nothing elsewhere.
Result<Bytes> ParkedForms::salt() {
    Bytes kept;
    const auto read = [&] {
        return connection_->query("SELECT salt FROM parking", {}, [&](const SqlRow& row) {
            kept = row.bytes(0);
            return done();
        });
    };
    VAKANT_CHECK(read());
    if (kept.empty()) {
        const StorageKey fresh = make_storage_key();
        const Bytes made(fresh.view().begin(), fresh.view().begin() + passphrase_salt_length);
        VAKANT_TRY(rows,
                   connection_->run("INSERT INTO parking VALUES (1, ?) ON CONFLICT DO NOTHING", {made}));
        if (rows != 1) return internal_error("a salt that was not kept");
        VAKANT_CHECK(read());
    }
    if (kept.size() != passphrase_salt_length) return Error{ErrorKind::damaged, "the salt of parked forms"};
    return kept;
}

Outcome ParkedForms::park(ByteView code, std::string_view draft, UtcMs now) {
    if (draft.size() > longest_draft) return refused("a draft too long to be parked");
    VAKANT_TRY(already, count(now));
    if (static_cast<std::int64_t>(already) >= most_parked) return refused("too many forms are parked");
    VAKANT_TRY(salt, this->salt());
    VAKANT_TRY(opener, opener_of(code, salt));
    std::string padded(draft);
    padded.resize((draft.size() / padded_to + 1) * padded_to, ' ');
    const Bytes sealed = encrypt(as_bytes(padded), opener.key, as_bytes(bound_to(opener.place)));
    std::memset(padded.data(), 0, padded.size());
    asm volatile("" : : "r"(padded.data()) : "memory");
    VAKANT_TRY(rows, connection_->run("INSERT INTO parked(place, parked_at, draft) VALUES (?,?,?)",
                                      {opener.place, now, sealed}));
    if (rows != 1) return internal_error("a parked form that was not kept");
    return done();
}

Result<std::string> ParkedForms::take_up(ByteView code, UtcMs now) {
    VAKANT_TRY(salt, this->salt());
    VAKANT_TRY(opener, opener_of(code, salt));
    Bytes sealed;
    VAKANT_CHECK(connection_->query("SELECT draft FROM parked WHERE place=? AND " + std::string(is_alive),
                                    {opener.place, alive_at(now)}, [&](const SqlRow& row) {
                                        sealed = row.bytes(0);
                                        return done();
                                    }));
    if (sealed.empty()) return not_found("no parked form under this code");
    VAKANT_TRY(plain, decrypt(sealed, opener.key, as_bytes(bound_to(opener.place))));
    VAKANT_TRY(rows, connection_->run("DELETE FROM parked WHERE place=?", {opener.place}));
    if (rows != 1) return internal_error("a parked form that did not go");
    VAKANT_CHECK(connection_->checkpoint()); // the log keeps no copy
    std::string draft(as_text(plain));
    draft.erase(draft.find_last_not_of(' ') + 1);
    return draft;
}

Result<std::size_t> ParkedForms::sweep(UtcMs now) {
    VAKANT_TRY(rows, connection_->run("DELETE FROM parked WHERE NOT (" + std::string(is_alive) + ")",
                                      {alive_at(now)}));
    if (rows > 0) VAKANT_CHECK(connection_->checkpoint());
    return static_cast<std::size_t>(rows);
}

Result<std::size_t> ParkedForms::count(UtcMs now) {
    VAKANT_TRY(rows, connection_->query_integer("SELECT count(*) FROM parked WHERE " + std::string(is_alive),
                                                {alive_at(now)}));
    return static_cast<std::size_t>(rows.value_or(0));
}

} // namespace vakant
