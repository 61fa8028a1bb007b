// What becomes of what the pages hand over: sealed and kept by the kiosk's real code, opened again with the
// keys of made-up agencies.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>

#include "kiosk/app/finalise.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/scratch_folder.h"

namespace vakant {

struct OpenedEnvelope {
    EnvelopeHeader header;
    Json payload;
};

class SealedPost {
public:
    /// Of a kiosk that serves these agencies.
    explicit SealedPost(const std::vector<std::string>& agencies) {
        identity_.device_id = "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11";
        identity_.prefix = "KTR";
        identity_.token = "token";
        for (const std::string& id : agencies) {
            const AgencyKeys& keys = agencies_.emplace_back(id);
            identity_.agencies.push_back({id, id, keys.root.public_key, keys.key_set(), {}});
        }
    }
    /// Everything that one Send makes, each envelope opened by the agency that it is for.
    std::vector<OpenedEnvelope> sent(const job::Finalise& what) {
        auto outbox = Outbox::open(folder_ / ("outbox-" + std::to_string(++outboxes_) + ".db"), clock_);
        REQUIRE(outbox.ok());
        const DiskRoom room(folder_.path(), [] { return std::optional<std::int64_t>(1LL << 40); });
        auto kept = finalise(**outbox, {identity_, keys_, random_}, room, what);
        if (!kept.ok()) FAIL(kept.error().detail);
        const auto waiting = (*outbox)->waiting(100);
        REQUIRE(waiting.ok());
        std::vector<OpenedEnvelope> opened;
        for (const OutboxItem& item : *waiting)
            opened.push_back(open(item));
        return opened;
    }

private:
    OpenedEnvelope open(const OutboxItem& item) {
        const auto envelope = parse_envelope(item.envelope);
        REQUIRE(envelope.ok());
        const auto keys = std::ranges::find(agencies_, envelope->header.agency, &AgencyKeys::id);
        REQUIRE(keys != agencies_.end());
        const auto text = open_envelope(*envelope, {keys->opening});
        REQUIRE(text.ok());
        auto payload = parse_json(*text);
        REQUIRE(payload.ok());
        return {envelope->header, std::move(*payload)};
    }

    ScratchFolder folder_;
    FakeClock clock_{1'795'424'400'000};
    SeededRandom random_{11};
    DeviceKeys keys_{make_signing_key(), make_storage_key()};
    DeviceIdentity identity_;
    std::deque<AgencyKeys> agencies_;
    int outboxes_ = 0;
};

} // namespace vakant
