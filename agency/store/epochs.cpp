#include "agency/store/epochs.h"

#include <algorithm>
#include <charconv>

#include "agency/store/audit.h"

namespace vakant {

namespace {

constexpr std::size_t epoch_length = 8;

std::string new_epoch(Random& random) {
    Bytes bytes(epoch_length);
    random.fill(bytes);
    return to_hex(bytes);
}

} // namespace

Result<std::string> epoch_of(Connection& connection, Random& random) {
    VAKANT_TRY(known, find_setting(connection, "epoch"));
    if (known) return std::move(*known);
    const std::string epoch = new_epoch(random);
    VAKANT_CHECK(keep_setting(connection, "epoch", epoch));
    return epoch;
}

Result<StorePosition> position_of(Connection& connection) {
    VAKANT_TRY(epoch, find_setting(connection, "epoch"));
    if (!epoch) return not_found("the store has no epoch: nothing ever served from it");
    VAKANT_TRY(through, connection.find_integer(
                            "SELECT value FROM counters WHERE agency_id = '' AND name = 'envelopes'"));
    return StorePosition{std::move(*epoch), through.value_or(0)};
}

Outcome note_backup(Connection& connection, const StorePosition& position, UtcMs now) {
    VAKANT_TRY(present, position_of(connection));
    if (present.epoch != position.epoch)
        return Error{ErrorKind::conflict, "the backup is of epoch " + position.epoch + ", the store of " +
                                              present.epoch + ": it holds nothing for this store"};
    if (position.through > present.through)
        return Error{ErrorKind::conflict, "the backup says that it holds " +
                                              std::to_string(position.through) +
                                              " envelopes, the store has " + std::to_string(present.through)};
    VAKANT_TRY(before, backed_up_through(connection));
    VAKANT_CHECK(
        keep_setting(connection, "backed_up_through", std::to_string(std::max(before, position.through))));
    return keep_audit(connection,
                      {"", now, "cli", AuditEvent::backup_made, std::to_string(position.through)});
}

Result<std::int64_t> backed_up_through(Connection& connection) {
    VAKANT_TRY(text, find_setting(connection, "backed_up_through"));
    std::int64_t sequence = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), sequence);
    return sequence;
}

Result<std::string> begin_epoch(Connection& connection, Random& random, UtcMs now) {
    VAKANT_TRY(position, position_of(connection));
    VAKANT_TRY(ended, connection.run("INSERT INTO store_epochs (epoch, agency_id, kept_through, ended_at) "
                                     "VALUES (?, '', ?, ?)",
                                     {position.epoch, position.through, now}));
    (void)ended;
    const std::string epoch = new_epoch(random);
    VAKANT_CHECK(keep_setting(connection, "epoch", epoch));
    // What was put back is what a backup holds.
    VAKANT_CHECK(keep_setting(connection, "backed_up_through", std::to_string(position.through)));
    VAKANT_CHECK(keep_audit(connection, {"", now, "cli", AuditEvent::store_restored, epoch}));
    return epoch;
}

Result<std::int64_t> kept_through(Connection& connection, std::string_view epoch) {
    VAKANT_TRY(ended, connection.find_integer("SELECT kept_through FROM store_epochs WHERE epoch = ?",
                                              {std::string(epoch)}));
    if (ended) return *ended;
    VAKANT_TRY(present, position_of(connection));
    return present.epoch == epoch ? present.through : 0;
}

} // namespace vakant
