#include "tests/faults/kiosk_days.h"

#include <algorithm>

namespace vakant::faults {
namespace {

constexpr std::string_view device_id = "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11";
constexpr std::string_view test_json = R"({"id":"typing-en","passage":"The quick brown fox"})";
constexpr std::int64_t three_days_ms = 72LL * 3600 * 1000;

std::filesystem::path outbox_in(const std::filesystem::path& folder) {
    return folder / "outbox.db";
}
std::filesystem::path sessions_in(const std::filesystem::path& folder) {
    return folder / "sessions.db";
}

} // namespace

KioskDays::KioskDays(std::filesystem::path folder, std::uint64_t seed)
    : folder_(std::move(folder)), random_(seed) {}

Outcome KioskDays::open() {
    VAKANT_TRY(outbox, Outbox::open(outbox_in(folder_), clock_));
    VAKANT_TRY(sessions, SessionStore::open(sessions_in(folder_), storage_, clock_.wall_ms()));
    outbox_ = std::move(outbox);
    sessions_ = std::move(sessions);
    return done();
}

void KioskDays::close() {
    outbox_.reset();
    sessions_.reset();
}

Outcome KioskDays::step() {
    before_ = promised_;
    clock_.pass(40'000);
    const std::int64_t what = number_++ % 12;
    if (keys_to_come_ > 0 || what == 4) return typing();
    if (what == 11) {
        close();
        return open();
    }
    if (what == 8) return purge();
    if (what == 2 || what == 6 || what == 7 || what == 10) return answer();
    return registration(1 + static_cast<std::size_t>(what % 3));
}

Outcome KioskDays::registration(std::size_t envelopes) {
    Kept after = promised_;
    VAKANT_TRY(finalised, outbox_->finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
        std::vector<SealedItem> sealed;
        for (std::size_t i = 0; i < envelopes; ++i) {
            EnvelopeHeader header;
            header.id = make_uuid(random_);
            header.agency = agency_.id;
            header.device = device_id;
            header.made_at = clock_.wall_ms();
            Bytes text(200 + 700 * static_cast<std::size_t>(number_ % 5));
            random_.fill(text);
            sealed.push_back({header.id, agency_.id, header.made_at,
                              seal_envelope(as_text(text), header, agency_.key_set(), device_)});
            after.items[header.id] = {envelope_digest(sealed.back().envelope), ItemState::queued};
        }
        promised_ = after; // from here on it may be there
        return sealed;
    }));
    (void)finalised;
    return done();
}

Outcome KioskDays::answer() {
    VAKANT_TRY(waiting, outbox_->waiting(1));
    if (waiting.empty()) return registration(1);
    const Verdict verdict = number_ % 7 == 0 ? Verdict::refused : Verdict::stored;
    promised_.items[waiting[0].id].second =
        verdict == Verdict::stored ? ItemState::delivered : ItemState::blocked;
    return outbox_->settle(agency_.answer_to(waiting[0].envelope, verdict, ++sequence_));
}

Outcome KioskDays::purge() {
    // All but the last answer is backed up.
    Kept after = promised_;
    std::erase_if(after.items, [](const auto& item) { return item.second.second == ItemState::delivered; });
    promised_ = after;
    clock_.pass(2 * three_days_ms);
    VAKANT_TRY(gone, outbox_->purge(clock_.wall_ms(), agency_.id, "epoch-1", sequence_));
    (void)gone;
    return done();
}

Outcome KioskDays::typing() {
    if (promised_.session.empty()) {
        keys_to_come_ = 5;
        promised_.session = make_uuid(random_);
        return sessions_->begin(promised_.session, test_json);
    }
    if (--keys_to_come_ > 0) {
        ++promised_.keys;
        return sessions_->append(promised_.session, {U'a', 120 * static_cast<std::int64_t>(promised_.keys)});
    }
    const std::string session = std::exchange(promised_.session, "");
    promised_.keys = 0;
    return sessions_->forget(session);
}

Result<Kept> KioskDays::read(const std::filesystem::path& folder) const {
    Kept kept;
    VAKANT_TRY(outbox, Outbox::open(outbox_in(folder), clock_));
    if (outbox->salvage()) return Error{ErrorKind::damaged, "the outbox was damaged"};
    VAKANT_TRY(items, outbox->all_items());
    for (const OutboxItem& item : items)
        kept.items[item.id] = {item.digest, item.state};
    VAKANT_TRY(sessions, SessionStore::open(sessions_in(folder), storage_, clock_.wall_ms()));
    VAKANT_TRY(session, sessions->unfinished());
    if (session) {
        kept.session = session->id;
        kept.keys = session->keys.size();
    }
    return kept;
}

} // namespace vakant::faults
