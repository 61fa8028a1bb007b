#include "sync/outbox.h"

#include <algorithm>

#include "core/sql/sql.h"
#include "core/sql/store_files.h"
#include "sync/audit_chain.h"

namespace vakant {
namespace {

constexpr std::int32_t application_id = 0x566b4f42; ///< "VkOB"

constexpr std::string_view items_schema = R"sql(
    CREATE TABLE items(
        number INTEGER PRIMARY KEY, id TEXT NOT NULL, agency TEXT NOT NULL, digest TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued','delivered','blocked','quarantined')),
        reason TEXT NOT NULL DEFAULT '', made_at INTEGER NOT NULL, reference INTEGER NOT NULL,
        epoch TEXT NOT NULL DEFAULT '', sequence INTEGER NOT NULL DEFAULT 0,
        received_at INTEGER NOT NULL DEFAULT 0, envelope BLOB NOT NULL, UNIQUE(agency, id)) STRICT;
    CREATE INDEX items_by_state ON items(state, number);
    CREATE TABLE answers(
        number INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES items(number) ON DELETE CASCADE,
        answer TEXT NOT NULL, UNIQUE(item, answer)) STRICT;
    CREATE TABLE reference_counter(one INTEGER PRIMARY KEY CHECK (one = 1), value INTEGER NOT NULL) STRICT;
    INSERT INTO reference_counter VALUES (1, 0);
)sql";

std::string_view name_of(ItemState state) {
    switch (state) {
    case ItemState::queued:
        return "queued";
    case ItemState::delivered:
        return "delivered";
    case ItemState::blocked:
        return "blocked";
    case ItemState::quarantined:
        break;
    }
    return "quarantined";
}

ItemState state_named(std::string_view name) {
    for (const ItemState state : {ItemState::queued, ItemState::delivered, ItemState::blocked}) {
        if (name_of(state) == name) return state;
    }
    return ItemState::quarantined;
}

/// Where the answer moves an item; what was delivered once stays so.
ItemState state_after(ItemState now, Verdict verdict) {
    switch (verdict) {
    case Verdict::stored:
    case Verdict::known:
    case Verdict::erased:
        return ItemState::delivered;
    case Verdict::conflict:
        return now == ItemState::delivered ? now : ItemState::quarantined;
    case Verdict::refused:
        break;
    }
    return now == ItemState::queued ? ItemState::blocked : now;
}

AuditEvent event_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::stored:
        return AuditEvent::stored;
    case Verdict::known:
        return AuditEvent::known;
    case Verdict::erased:
        return AuditEvent::erased;
    case Verdict::conflict:
        return AuditEvent::conflict;
    case Verdict::refused:
        break;
    }
    return AuditEvent::refused;
}

class SqlOutbox final : public Outbox {
public:
    SqlOutbox(SqlConnection connection, const Clock& clock, std::optional<OutboxSalvage> salvage)
        : connection_(std::move(connection)), clock_(clock), salvage_(std::move(salvage)) {}

    Result<Finalised> finalise(const SealItems& make) override;
    Result<std::vector<OutboxItem>> waiting(std::size_t most) override {
        return items("SELECT id, agency, digest, state, reason, made_at, envelope, epoch FROM items "
                     "WHERE state='queued' ORDER BY number LIMIT ?",
                     {static_cast<std::int64_t>(most)});
    }
    Outcome settle(const Answer& answer) override;
    Result<std::size_t> purge(UtcMs delivered_before, std::string_view agency, std::string_view epoch,
                              std::int64_t backed_up_through) override;
    Result<std::vector<std::string>> earlier_epochs(std::string_view agency, std::string_view epoch) override;
    Result<std::size_t> resend(const ResendAnswer& answer) override;
    Result<OutboxCounts> counts() override;
    Result<std::vector<OutboxItem>> all_items() override {
        return items(
            "SELECT id, agency, digest, state, reason, made_at, x'', epoch FROM items ORDER BY number", {});
    }
    std::vector<std::pair<std::string, std::string>> settings() const override {
        return connection_.settings();
    }
    std::optional<OutboxSalvage> salvage() const override { return salvage_; }

private:
    Result<std::vector<OutboxItem>> items(std::string_view sql, const std::vector<SqlValue>& values);
    Outcome add(const SealedItem& item, std::int64_t reference);
    Outcome keep_answer(std::int64_t item, ItemState state, const Answer& answer);
    Outcome commit(SqlTransaction& transaction);
    Outcome usable() const {
        if (broken_) return Error{ErrorKind::damaged, "the outbox must be opened again after a failed write"};
        return done();
    }

    SqlConnection connection_;
    const Clock& clock_;
    std::optional<OutboxSalvage> salvage_;
    bool broken_ = false;
};

/// After a failed sync the kernel may take a page for written that is not: the same handle is never trusted
/// again.
Outcome SqlOutbox::commit(SqlTransaction& transaction) {
    Outcome outcome = transaction.commit();
    if (!outcome.ok() && outcome.error().kind == ErrorKind::internal) broken_ = true;
    return outcome;
}

Outcome SqlOutbox::add(const SealedItem& item, std::int64_t reference) {
    VAKANT_TRY(envelope, parse_envelope(item.envelope));
    if (envelope.header.id != item.id || envelope.header.agency != item.agency)
        return internal_error("an envelope that is not the item's");
    VAKANT_TRY(rows,
               connection_.run("INSERT INTO items(id, agency, digest, state, made_at, reference, envelope) "
                               "VALUES (?,?,?,'queued',?,?,?)",
                               {item.id, item.agency, envelope_digest(item.envelope), item.made_at, reference,
                                item.envelope}));
    if (rows != 1) return internal_error("an item that was not kept");
    return append_audit(connection_, clock_.wall_ms(), AuditEvent::sealed, item.agency, item.id);
}

Result<Outbox::Finalised> SqlOutbox::finalise(const SealItems& make) {
    VAKANT_CHECK(usable());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    VAKANT_TRY(last, connection_.query_integer("SELECT value FROM reference_counter"));
    const std::int64_t counter = last.value_or(0) + 1;
    VAKANT_TRY(moved, connection_.run("UPDATE reference_counter SET value=?", {counter}));
    if (moved != 1) return Error{ErrorKind::damaged, "the reference counter is gone"};
    VAKANT_TRY(sealed, make(counter));
    if (sealed.empty()) return refused("nothing to keep");
    for (const SealedItem& item : sealed)
        VAKANT_CHECK(add(item, counter));
    VAKANT_CHECK(commit(transaction));
    return Finalised{counter};
}

Result<std::vector<OutboxItem>> SqlOutbox::items(std::string_view sql, const std::vector<SqlValue>& values) {
    std::vector<OutboxItem> found;
    VAKANT_CHECK(connection_.query(sql, values, [&found](const SqlRow& row) {
        found.push_back({row.text(0), row.text(1), row.text(2), state_named(row.text(3)), row.text(4),
                         row.integer(5), row.bytes(6), row.text(7)});
        return done();
    }));
    return found;
}

Outcome SqlOutbox::keep_answer(std::int64_t item, ItemState state, const Answer& answer) {
    VAKANT_TRY(kept, connection_.run("INSERT INTO answers(item, answer) VALUES (?,?) ON CONFLICT DO NOTHING",
                                     {item, to_json_text(answer)}));
    const ItemState next = state_after(state, answer.verdict);
    const bool delivers = next == ItemState::delivered && answer.verdict != Verdict::conflict &&
                          answer.verdict != Verdict::refused;
    if (delivers) {
        VAKANT_TRY(rows,
                   connection_.run("UPDATE items SET state='delivered', reason='', epoch=?, sequence=?, "
                                   "received_at=? WHERE number=?",
                                   {answer.epoch, answer.sequence, answer.received_at, item}));
        if (rows != 1) return internal_error("an item that did not move");
    } else if (next != state) {
        VAKANT_TRY(rows, connection_.run("UPDATE items SET state=?, reason=? WHERE number=?",
                                         {std::string(name_of(next)), answer.reason, item}));
        if (rows != 1) return internal_error("an item that did not move");
    }
    if (kept == 0) return done(); // the same answer again: nothing happened
    return append_audit(connection_, clock_.wall_ms(), event_of(answer.verdict), answer.agency,
                        answer.envelope_id);
}

Outcome SqlOutbox::settle(const Answer& answer) {
    VAKANT_CHECK(usable());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    std::int64_t item = 0;
    std::string digest;
    ItemState state = ItemState::queued;
    VAKANT_CHECK(connection_.query("SELECT number, digest, state FROM items WHERE agency=? AND id=?",
                                   {answer.agency, answer.envelope_id}, [&](const SqlRow& row) {
                                       item = row.integer(0);
                                       digest = row.text(1);
                                       state = state_named(row.text(2));
                                       return done();
                                   }));
    if (item == 0) return not_found("an answer about an item that is not here");
    if (digest != answer.digest) return refused("an answer about another digest than the item's");
    VAKANT_CHECK(keep_answer(item, state, answer));
    return commit(transaction);
}

Result<std::size_t> SqlOutbox::purge(UtcMs delivered_before, std::string_view agency, std::string_view epoch,
                                     std::int64_t backed_up_through) {
    VAKANT_CHECK(usable());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    std::vector<std::pair<std::int64_t, std::string>> gone;
    VAKANT_CHECK(
        connection_.query("SELECT number, id FROM items WHERE state='delivered' AND agency=? AND epoch=? AND "
                          "sequence<=? AND received_at<? ORDER BY number",
                          {std::string(agency), std::string(epoch), backed_up_through, delivered_before},
                          [&](const SqlRow& row) {
                              gone.emplace_back(row.integer(0), row.text(1));
                              return done();
                          }));
    for (const auto& [number, id] : gone) {
        VAKANT_TRY(rows, connection_.run("DELETE FROM items WHERE number=?", {number}));
        if (rows != 1) return internal_error("an item that did not go");
        VAKANT_CHECK(append_audit(connection_, clock_.wall_ms(), AuditEvent::purged, agency, id));
    }
    VAKANT_CHECK(commit(transaction));
    if (!gone.empty()) VAKANT_CHECK(connection_.checkpoint()); // the log keeps no copy of what went
    return gone.size();
}

Result<std::vector<std::string>> SqlOutbox::earlier_epochs(std::string_view agency, std::string_view epoch) {
    std::vector<std::string> found;
    VAKANT_CHECK(connection_.query("SELECT DISTINCT epoch FROM items WHERE state='delivered' AND agency=? "
                                   "AND epoch<>? ORDER BY epoch",
                                   {std::string(agency), std::string(epoch)}, [&found](const SqlRow& row) {
                                       found.push_back(row.text(0));
                                       return done();
                                   }));
    return found;
}

Result<std::size_t> SqlOutbox::resend(const ResendAnswer& answer) {
    VAKANT_CHECK(usable());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    std::vector<std::pair<std::int64_t, std::string>> missing;
    VAKANT_CHECK(connection_.query("SELECT number, id FROM items WHERE state='delivered' AND agency=? AND "
                                   "epoch=? AND sequence>? ORDER BY number",
                                   {answer.agency, answer.earlier_epoch, answer.kept_through},
                                   [&missing](const SqlRow& row) {
                                       missing.emplace_back(row.integer(0), row.text(1));
                                       return done();
                                   }));
    for (const auto& [number, id] : missing) {
        VAKANT_TRY(rows, connection_.run("UPDATE items SET state='queued', epoch='', sequence=0, "
                                         "received_at=0 WHERE number=?",
                                         {number}));
        if (rows != 1) return internal_error("an item that did not move");
        VAKANT_CHECK(
            append_audit(connection_, clock_.wall_ms(), AuditEvent::queued_again, answer.agency, id));
    }
    VAKANT_TRY(kept,
               connection_.run("UPDATE items SET epoch=? WHERE state='delivered' AND agency=? AND "
                               "epoch=? AND sequence<=?",
                               {answer.epoch, answer.agency, answer.earlier_epoch, answer.kept_through}));
    (void)kept;
    VAKANT_CHECK(commit(transaction));
    return missing.size();
}

Result<OutboxCounts> SqlOutbox::counts() {
    OutboxCounts counts;
    VAKANT_CHECK(connection_.query("SELECT state, count(*), min(made_at) FROM items GROUP BY state", {},
                                   [&counts](const SqlRow& row) {
                                       const auto number = static_cast<std::size_t>(row.integer(1));
                                       switch (state_named(row.text(0))) {
                                       case ItemState::queued:
                                           counts.queued = number;
                                           counts.oldest_queued_at = row.integer(2);
                                           break;
                                       case ItemState::delivered:
                                           counts.delivered = number;
                                           break;
                                       case ItemState::blocked:
                                           counts.blocked = number;
                                           break;
                                       case ItemState::quarantined:
                                           counts.quarantined = number;
                                           break;
                                       }
                                       return done();
                                   }));
    VAKANT_CHECK(connection_.query("SELECT id, reference, CASE state WHEN 'quarantined' THEN 'conflict' ELSE "
                                   "reason END FROM items WHERE state IN ('blocked','quarantined') "
                                   "ORDER BY number LIMIT 20",
                                   {}, [&counts](const SqlRow& row) {
                                       counts.aside.push_back({row.text(0), row.integer(1), row.text(2)});
                                       return done();
                                   }));
    VAKANT_TRY(head, audit_head(connection_));
    counts.audit_rows = head.rows;
    counts.audit_head = std::move(head.digest);
    return counts;
}

Result<SqlConnection> open_store(const std::filesystem::path& file) {
    VAKANT_TRY(connection, SqlConnection::open(file, SqlMode::durable, application_id));
    const std::string schema = std::string(items_schema) + std::string(audit_schema());
    VAKANT_CHECK(migrate(connection, {{1, schema}}));
    return connection;
}

/// Everything that can be checked without a key: pages, each envelope against its digest, the audit chain.
Outcome check_store(SqlConnection& connection) {
    VAKANT_CHECK(connection.quick_check());
    VAKANT_CHECK(connection.query(
        "SELECT digest, envelope FROM items ORDER BY number", {}, [](const SqlRow& row) -> Outcome {
            if (row.text(0) == envelope_digest(row.bytes(1))) return done();
            return Error{ErrorKind::damaged, "an envelope that is not as it was kept"};
        }));
    VAKANT_TRY(counters, connection.query_integer("SELECT count(*) FROM reference_counter"));
    if (counters != 1) return Error{ErrorKind::damaged, "the reference counter is gone"};
    return check_audit(connection);
}

/// Reads what can be read of a damaged file, one row at a time, into a new one.
class Salvager {
public:
    /// `from`: null where not even the first page of the file can be read.
    Salvager(SqlConnection* from, SqlConnection& to) : from_(from), to_(to) {}

    Outcome run(UtcMs now) {
        VAKANT_TRY(transaction, SqlTransaction::begin(to_));
        for (std::int64_t number = 1; number <= last_number(); ++number)
            VAKANT_CHECK(keep_item(number, now));
        VAKANT_TRY(rows, to_.run("UPDATE reference_counter SET value=?", {counter_after(now)}));
        if (rows != 1) return internal_error("the reference counter was not kept");
        return transaction.commit();
    }
    std::size_t kept() const { return kept_; }
    std::size_t lost() const { return known_to_exist_ > kept_ ? known_to_exist_ - kept_ : 0; }

private:
    std::int64_t last_number() {
        if (last_number_ >= 0) return last_number_;
        if (from_ == nullptr) return last_number_ = 0;
        constexpr std::int64_t where_nobody_knows = 100'000;
        const auto number = from_->query_integer("SELECT max(number) FROM items");
        last_number_ = number.ok() ? number->value_or(0) : where_nobody_knows;
        const auto count = from_->query_integer("SELECT count(*) FROM items");
        if (count.ok()) known_to_exist_ = static_cast<std::size_t>(count->value_or(0));
        return last_number_;
    }

    Outcome keep_item(std::int64_t number, UtcMs now) {
        std::vector<SqlValue> values;
        std::string agency, id;
        const Outcome read = from_->query("SELECT id, agency, digest, state, reason, made_at, reference, "
                                          "epoch, sequence, received_at, envelope "
                                          "FROM items NOT INDEXED WHERE number=?",
                                          {number}, [&](const SqlRow& row) {
                                              id = row.text(0);
                                              agency = row.text(1);
                                              if (envelope_digest(row.bytes(10)) != row.text(2))
                                                  return done(); // its bytes are not whole
                                              reference_ = std::max(reference_, row.integer(6));
                                              values = {number,         id,
                                                        agency,         row.text(2),
                                                        row.text(3),    row.text(4),
                                                        row.integer(5), row.integer(6),
                                                        row.text(7),    row.integer(8),
                                                        row.integer(9), row.bytes(10)};
                                              return done();
                                          });
        if (!read.ok() || values.empty()) return done(); // this row is lost; the next ones may not be
        const auto rows =
            to_.run("INSERT INTO items(number, id, agency, digest, state, reason, made_at, reference, "
                    "epoch, sequence, received_at, envelope) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) "
                    "ON CONFLICT DO NOTHING",
                    values);
        if (!rows.ok()) return rows.error().kind == ErrorKind::conflict ? done() : Outcome(rows.error());
        if (*rows == 0) return done();
        ++kept_;
        return append_audit(to_, now, AuditEvent::salvaged, agency, id);
    }

    /// A reference number is never given twice: where the counter is not known, it goes on far above any that
    /// could have been reached (one registration a minute since 2025).
    std::int64_t counter_after(UtcMs now) {
        constexpr std::int64_t gap = 100;
        constexpr UtcMs start_of_2025 = 1'735'689'600'000;
        if (from_ != nullptr) {
            const auto counter = from_->query_integer("SELECT value FROM reference_counter");
            if (counter.ok() && counter->has_value()) return std::max(**counter, reference_) + gap;
        }
        return std::max(reference_ + gap, (now - start_of_2025) / 60'000);
    }

    SqlConnection* from_;
    SqlConnection& to_;
    std::int64_t last_number_ = -1;
    std::int64_t reference_ = 0;
    std::size_t known_to_exist_ = 0;
    std::size_t kept_ = 0;
};

Result<std::unique_ptr<Outbox>> open_after_damage(const std::filesystem::path& file, const Clock& clock) {
    OutboxSalvage salvage;
    salvage.moved_to = name_aside(file, "damaged", clock.wall_ms());
    VAKANT_CHECK(move_store(file, salvage.moved_to));
    VAKANT_TRY(fresh, open_store(file));
    auto damaged = SqlConnection::open(salvage.moved_to, SqlMode::durable);
    Salvager salvager(damaged.ok() ? &*damaged : nullptr, fresh);
    VAKANT_CHECK(salvager.run(clock.wall_ms()));
    salvage.kept = salvager.kept();
    salvage.lost = salvager.lost();
    return std::unique_ptr<Outbox>(std::make_unique<SqlOutbox>(std::move(fresh), clock, salvage));
}

} // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const std::filesystem::path& file, const Clock& clock) {
    auto connection = open_store(file);
    if (connection.ok()) {
        const Outcome whole = check_store(*connection);
        if (whole.ok()) {
            return std::unique_ptr<Outbox>(
                std::make_unique<SqlOutbox>(std::move(connection).value(), clock, std::nullopt));
        }
        if (whole.error().kind != ErrorKind::damaged) return whole.error();
        connection = whole.error(); // closes it
    }
    if (connection.error().kind != ErrorKind::damaged) return connection.error();
    return open_after_damage(file, clock);
}

} // namespace vakant
