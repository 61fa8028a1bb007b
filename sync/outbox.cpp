#include "sync/outbox.h"

#include "core/sql/sql.h"
#include "sync/audit_chain.h"
#include "sync/outbox_store.h"

namespace vakant {
namespace {

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
    Result<std::size_t> try_again() override;
    Result<OutboxCounts> counts() override;
    bool usable() const override { return !connection_.is_in_doubt(); }
    Outcome prove() override;
    const std::vector<ItemName>& in_doubt() const override { return in_doubt_; }
    Outcome take_back(const std::vector<ItemName>& refused) override;
    Result<std::string> audit_digest(std::int64_t row) override {
        return vakant::audit_digest_of(connection_, row);
    }
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
    Outcome trusted() const {
        if (!usable())
            return Error{ErrorKind::damaged, "the outbox must be opened again after a failed write"};
        return done();
    }

    SqlConnection connection_;
    const Clock& clock_;
    std::optional<OutboxSalvage> salvage_;
    std::vector<ItemName> in_doubt_;
};

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
    VAKANT_CHECK(trusted());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    VAKANT_TRY(last, connection_.query_integer("SELECT value FROM reference_counter"));
    const std::int64_t counter = last.value_or(0) + 1;
    VAKANT_TRY(moved, connection_.run("UPDATE reference_counter SET value=?", {counter}));
    if (moved != 1) return Error{ErrorKind::damaged, "the reference counter is gone"};
    VAKANT_TRY(sealed, make(counter));
    if (sealed.empty()) return refused("nothing to keep");
    for (const SealedItem& item : sealed)
        VAKANT_CHECK(add(item, counter));
    if (Outcome kept = transaction.commit(); !kept.ok()) {
        for (const SealedItem& item : sealed)
            in_doubt_.emplace_back(item.agency, item.id);
        return kept.error();
    }
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
    VAKANT_CHECK(trusted());
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
    return transaction.commit();
}

Result<std::size_t> SqlOutbox::purge(UtcMs delivered_before, std::string_view agency, std::string_view epoch,
                                     std::int64_t backed_up_through) {
    VAKANT_CHECK(trusted());
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
    VAKANT_CHECK(transaction.commit());
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
    VAKANT_CHECK(trusted());
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
    VAKANT_CHECK(transaction.commit());
    return missing.size();
}

Result<std::size_t> SqlOutbox::try_again() {
    VAKANT_CHECK(trusted());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    std::vector<std::pair<std::string, std::string>> blocked;
    VAKANT_CHECK(connection_.query("SELECT agency, id FROM items WHERE state='blocked' ORDER BY number", {},
                                   [&blocked](const SqlRow& row) {
                                       blocked.emplace_back(row.text(0), row.text(1));
                                       return done();
                                   }));
    for (const auto& [agency, id] : blocked) {
        VAKANT_TRY(rows, connection_.run("UPDATE items SET state='queued', reason='' WHERE agency=? AND id=?",
                                         {agency, id}));
        if (rows != 1) return internal_error("an item that did not move");
        VAKANT_CHECK(append_audit(connection_, clock_.wall_ms(), AuditEvent::tried_again, agency, id));
    }
    VAKANT_CHECK(transaction.commit());
    return blocked.size();
}

Outcome SqlOutbox::prove() {
    VAKANT_CHECK(trusted());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    for (const std::string_view there_and_back :
         {"UPDATE reference_counter SET value=value+1", "UPDATE reference_counter SET value=value-1"}) {
        VAKANT_TRY(rows, connection_.run(there_and_back));
        if (rows != 1) return Error{ErrorKind::damaged, "the reference counter is gone"};
    }
    return transaction.commit();
}

Outcome SqlOutbox::take_back(const std::vector<ItemName>& refused) {
    VAKANT_CHECK(trusted());
    VAKANT_TRY(transaction, SqlTransaction::begin(connection_));
    for (const auto& [agency, id] : refused) {
        VAKANT_TRY(rows, connection_.run("DELETE FROM items WHERE agency=? AND id=? AND state='queued'",
                                         {agency, id}));
        if (rows != 0)
            VAKANT_CHECK(append_audit(connection_, clock_.wall_ms(), AuditEvent::taken_back, agency, id));
    }
    return transaction.commit();
}

Result<OutboxCounts> SqlOutbox::counts() {
    OutboxCounts counts;
    counts.salvage = salvage_;
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

} // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const std::filesystem::path& file, const Clock& clock) {
    VAKANT_TRY(store, open_outbox_store(file, clock.wall_ms()));
    VAKANT_TRY(salvage, salvage_of(store, file));
    return std::unique_ptr<Outbox>(std::make_unique<SqlOutbox>(std::move(store), clock, std::move(salvage)));
}

} // namespace vakant
