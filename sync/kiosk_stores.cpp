#include "sync/kiosk_stores.h"

namespace vakant {

bool KioskStores::look_after() {
    const bool dropped = drop_untrusted();
    if (outbox_ && sessions_) return false;
    const std::int64_t now = clock_.monotonic_ms();
    if (!retry_.due(now)) return false;
    const std::optional<StoreProblem> before = problem_;
    const Outcome opened = open();
    if (opened.ok()) {
        retry_.succeeded(now);
        problem_.reset();
        return true;
    }
    retry_.failed(now, {}, random_);
    error_ = opened.error();
    problem_ = StoreProblem{error_.kind, file_};
    return dropped || problem_ != before;
}

bool KioskStores::drop_untrusted() {
    const bool outbox = outbox_ && !outbox_->usable();
    const bool sessions = sessions_ && !sessions_->usable();
    if (outbox) {
        in_doubt_.insert(in_doubt_.end(), outbox_->in_doubt().begin(), outbox_->in_doubt().end());
        outbox_.reset();
        must_be_proved_ = true;
    }
    if (sessions) sessions_.reset();
    return outbox || sessions;
}

Outcome KioskStores::open() {
    VAKANT_CHECK(start_crypto());
    if (!knows_itself_) VAKANT_CHECK(open_identity());
    const auto make_room = [this] { return room_.give_up_reserve(); };
    file_ = "outbox.db";
    if (!outbox_) VAKANT_CHECK(with_reserve(make_room, [this] { return open_outbox(); }));
    file_ = "sessions.db";
    if (!sessions_) VAKANT_CHECK(with_reserve(make_room, [this] { return open_sessions(); }));
    return done();
}

Outcome KioskStores::open_identity() {
    file_ = "device.json";
    VAKANT_TRY(identity, load_identity(folder_, random_));
    file_ = "device-signing.key, device-storage.key";
    VAKANT_TRY(keys, load_device_keys(folder_));
    identity_ = std::move(identity);
    keys_ = std::move(keys);
    knows_itself_ = true;
    return done();
}

Outcome KioskStores::open_outbox() {
    VAKANT_TRY(outbox, Outbox::open(folder_ / file_, clock_));
    if (must_be_proved_) VAKANT_CHECK(outbox->prove());
    if (!in_doubt_.empty()) VAKANT_CHECK(outbox->take_back(in_doubt_));
    must_be_proved_ = false;
    in_doubt_.clear();
    outbox_ = std::move(outbox);
    return done();
}

Outcome KioskStores::open_sessions() {
    VAKANT_TRY(sessions, SessionStore::open(folder_ / file_, keys_.storage, clock_.wall_ms()));
    sessions_ = std::move(sessions);
    return done();
}

Result<Outbox*> KioskStores::outbox() const {
    if (!outbox_) return error_;
    return outbox_.get();
}

Result<SessionStore*> KioskStores::sessions() const {
    if (!sessions_) return error_;
    return sessions_.get();
}

Outcome KioskStores::save(const DeviceIdentity& identity) {
    VAKANT_CHECK(save_identity(folder_, identity));
    identity_ = identity;
    return done();
}

} // namespace vakant
