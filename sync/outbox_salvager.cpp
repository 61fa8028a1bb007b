#include "sync/outbox_salvager.h"

#include <algorithm>

#include "core/envelope/envelope.h"
#include "sync/audit_chain.h"

namespace vakant {
namespace {

constexpr int tries = 3; ///< of a reading that fails: the next one may not
constexpr std::int64_t where_nobody_knows = 100'000;

bool is_state(std::string_view word) {
    return word == "queued" || word == "delivered" || word == "blocked" || word == "quarantined";
}

std::string name_of_item(const std::string& agency, const std::string& id) {
    return agency + "/" + id;
}

/// A row that does not fit into the table is not as it was written.
Outcome lost_where_it_does_not_fit(const Error& error) {
    return error.kind == ErrorKind::conflict ? done() : Outcome(error);
}

} // namespace

Outcome OutboxSalvager::all(const std::string& name) {
    VAKANT_TRY(transaction, SqlTransaction::begin(to_));
    VAKANT_CHECK(keep_audit());
    VAKANT_CHECK(note_purged());
    VAKANT_CHECK(keep_items());
    VAKANT_CHECK(keep_answers());
    VAKANT_TRY(rows, to_.run("UPDATE reference_counter SET value=?", {counter()}));
    if (rows != 1) return internal_error("the reference counter was not kept");
    VAKANT_TRY(noted, to_.run("INSERT INTO salvages(at, file, kept, lost) VALUES (?,?,?,?)",
                              {now_, name, kept_, lost()}));
    if (noted != 1) return internal_error("a salvage that was not noted");
    return transaction.commit();
}

Outcome OutboxSalvager::what_was_lost(const std::string& name) {
    VAKANT_TRY(transaction, SqlTransaction::begin(to_));
    VAKANT_CHECK(note_purged());
    VAKANT_CHECK(keep_items());
    if (kept_ == 0) return done();
    VAKANT_CHECK(keep_answers());
    VAKANT_TRY(rows, to_.run("UPDATE salvages SET kept=kept+?, lost=? WHERE file=?", {kept_, lost(), name}));
    if (rows != 1) return internal_error("a salvage that was not noted");
    return transaction.commit();
}

/// Calls `each` for the row, if it can be read.
Outcome OutboxSalvager::read(std::string_view sql, std::int64_t number,
                             const std::function<void(const SqlRow&)>& each) {
    Outcome outcome = done();
    for (int attempt = 0; attempt < tries; ++attempt) {
        outcome = from_->query(sql, {number}, [&](const SqlRow& row) {
            each(row);
            return done();
        });
        if (outcome.ok()) break;
    }
    return outcome;
}

std::optional<std::int64_t> OutboxSalvager::read_number(std::string_view sql) {
    if (from_ == nullptr) return std::nullopt;
    for (int attempt = 0; attempt < tries; ++attempt) {
        const auto number = from_->query_integer(sql);
        if (number.ok()) return number->value_or(0);
    }
    return std::nullopt;
}

std::int64_t OutboxSalvager::last_number(std::string_view sql) {
    if (from_ == nullptr) return 0;
    return std::min(read_number(sql).value_or(where_nobody_knows), 100 * where_nobody_knows);
}

/// From its beginning to the first row that is not as it was written.
Outcome OutboxSalvager::keep_audit() {
    AuditCheck check;
    const std::int64_t last = last_number("SELECT max(number) FROM audit");
    for (std::int64_t number = 1; number <= last; ++number) {
        std::vector<SqlValue> values;
        const Outcome outcome =
            read("SELECT number, at, event, agency, item, digest FROM audit WHERE number=?", number,
                 [&values](const SqlRow& row) {
                     values = {row.integer(0), row.integer(1), row.text(2),
                               row.text(3),    row.text(4),    row.bytes(5)};
                 });
        if (!outcome.ok() || values.empty()) return done();
        const Bytes& digest = std::get<Bytes>(values[5]);
        const Outcome fits = check.next(number, std::get<std::int64_t>(values[1]),
                                        {std::get<std::string>(values[2]), std::get<std::string>(values[3]),
                                         std::get<std::string>(values[4])},
                                        digest);
        if (!fits.ok() || digest.empty()) return done();
        VAKANT_TRY(rows, to_.run("INSERT INTO audit(number, at, event, agency, item, digest) "
                                 "VALUES (?,?,?,?,?,?)",
                                 values));
        if (rows != 1) return internal_error("an audit row that was not kept");
    }
    return done();
}

/// What was delivered and removed does not come back.
Outcome OutboxSalvager::note_purged() {
    return to_.query("SELECT agency, item FROM audit WHERE event='purged'", {}, [this](const SqlRow& row) {
        purged_.insert(name_of_item(row.text(0), row.text(1)));
        return done();
    });
}

Outcome OutboxSalvager::keep_items() {
    const std::int64_t last = last_number("SELECT max(number) FROM items");
    for (std::int64_t number = 1; number <= last; ++number)
        VAKANT_CHECK(keep_item(number));
    return done();
}

Outcome OutboxSalvager::keep_item(std::int64_t number) {
    std::vector<SqlValue> values;
    std::string agency, id;
    const Outcome outcome = read("SELECT id, agency, digest, state, reason, made_at, reference, epoch, "
                                 "sequence, received_at, envelope "
                                 "FROM items NOT INDEXED WHERE number=?",
                                 number, [&](const SqlRow& row) {
                                     Bytes envelope = row.bytes(10);
                                     if (envelope_digest(envelope) != row.text(2))
                                         return; // its bytes are not whole
                                     id = row.text(0);
                                     agency = row.text(1);
                                     reference_ = std::max(reference_, row.integer(6));
                                     // One whose state cannot be read is sent again: the agency has it once
                                     // all the same.
                                     const std::string state = is_state(row.text(3)) ? row.text(3) : "queued";
                                     values = {id,
                                               agency,
                                               row.text(2),
                                               state,
                                               row.text(4),
                                               row.integer(5),
                                               row.integer(6),
                                               row.text(7),
                                               row.integer(8),
                                               row.integer(9),
                                               std::move(envelope)};
                                 });
    if (!outcome.ok() || values.empty()) return done(); // this row is lost; the next ones may not be
    if (purged_.contains(name_of_item(agency, id))) {
        ++there_;
        return done();
    }
    const auto rows = to_.run("INSERT INTO items(id, agency, digest, state, reason, made_at, reference, "
                              "epoch, sequence, received_at, envelope) VALUES (?,?,?,?,?,?,?,?,?,?,?) "
                              "ON CONFLICT(agency, id) DO NOTHING",
                              values);
    if (!rows.ok()) return lost_where_it_does_not_fit(rows.error());
    ++there_;
    if (*rows == 0) return done();
    ++kept_;
    return append_audit(to_, now_, AuditEvent::salvaged, agency, id);
}

Outcome OutboxSalvager::keep_answers() {
    const std::int64_t last = last_number("SELECT max(number) FROM answers");
    for (std::int64_t number = 1; number <= last; ++number)
        VAKANT_CHECK(keep_answer(number));
    return done();
}

/// It says itself about which item it is.
Outcome OutboxSalvager::keep_answer(std::int64_t number) {
    std::string text;
    const Outcome outcome = read("SELECT answer FROM answers NOT INDEXED WHERE number=?", number,
                                 [&text](const SqlRow& row) { text = row.text(0); });
    if (!outcome.ok() || text.empty()) return done();
    const auto answer = answer_from_json_text(text);
    if (!answer.ok()) return done();
    const auto rows = to_.run("INSERT INTO answers(item, answer) SELECT number, ? FROM items WHERE agency=? "
                              "AND id=? ON CONFLICT DO NOTHING",
                              {text, answer->agency, answer->envelope_id});
    return rows.ok() ? done() : lost_where_it_does_not_fit(rows.error());
}

/// A reference number is never given twice: the counter goes on above everything that says how far it had
/// come (each number stands for at least one row of the audit), and where nothing does, far above any that
/// could have been reached (one registration a minute since 2025).
std::int64_t OutboxSalvager::counter() {
    constexpr std::int64_t gap = 100;
    constexpr UtcMs start_of_2025 = 1'735'689'600'000;
    const auto counter = read_number("SELECT value FROM reference_counter");
    const auto sealed = read_number("SELECT max(number) FROM audit");
    const std::int64_t reached = std::max({reference_, counter.value_or(0), sealed.value_or(0)}) + gap;
    return counter ? reached : std::max(reached, (now_ - start_of_2025) / 60'000);
}

/// NULL where nobody can know.
SqlValue OutboxSalvager::lost() {
    for (const std::string_view sql : {"SELECT count(*) FROM items INDEXED BY items_by_state",
                                       "SELECT count(*) FROM items INDEXED BY sqlite_autoindex_items_1",
                                       "SELECT count(*) FROM items NOT INDEXED"}) {
        if (const auto known = read_number(sql)) return std::max<std::int64_t>(0, *known - there_);
    }
    return nullptr;
}

} // namespace vakant
