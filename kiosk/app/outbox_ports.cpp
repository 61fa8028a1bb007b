#include "kiosk/app/outbox_ports.h"

#include "sync/disk_room.h"

namespace vakant {

namespace {

constexpr std::int64_t delivered_kept_ms = std::int64_t{72} * 3'600'000;

template <typename Asked>
Asked ask_once(const OutboxDoor& door, const std::function<Asked(Outbox&)>& question) {
    std::optional<Asked> answer;
    door.within([&](const Result<Outbox*>& outbox) {
        if (outbox.ok())
            answer.emplace(question(**outbox));
        else
            answer.emplace(outbox.error());
    });
    return std::move(*answer);
}

/// The queue itself goes on where the disk is full: the reserve is for it.
template <typename Asked>
Asked ask(const OutboxDoor& door, const std::function<Asked(Outbox&)>& question) {
    return with_reserve(door.make_room, [&] { return ask_once<Asked>(door, question); });
}

/// The number that it answers with is of no interest to the engine.
Outcome without_number(const Result<std::size_t>& result) {
    if (!result.ok()) return result.error();
    return done();
}

} // namespace

void add_outbox_ports(SyncPorts& ports, const OutboxDoor& door) {
    ports.waiting = [door](std::size_t most) {
        return ask<Result<std::vector<OutboxItem>>>(door, [most](Outbox& it) { return it.waiting(most); });
    };
    ports.settle = [door](const Answer& said) {
        const Outcome outcome = ask<Outcome>(door, [&said](Outbox& it) { return it.settle(said); });
        const bool arrived = said.verdict == Verdict::stored || said.verdict == Verdict::known;
        if (outcome.ok() && arrived) door.delivered(said.envelope_id);
        return outcome;
    };
    ports.counts = [door] { return ask<Result<OutboxCounts>>(door, [](Outbox& it) { return it.counts(); }); };
    ports.audit_digest = [door](std::int64_t row) {
        return ask<Result<std::string>>(door, [row](Outbox& it) { return it.audit_digest(row); });
    };
    ports.earlier_epochs = [door](std::string_view agency, std::string_view epoch) {
        return ask<Result<std::vector<std::string>>>(
            door, [&](Outbox& it) { return it.earlier_epochs(agency, epoch); });
    };
    ports.resend = [door](const ResendAnswer& said) {
        return ask<Outcome>(door, [&said](Outbox& it) { return without_number(it.resend(said)); });
    };
    ports.purge = [door](std::string_view agency, std::string_view epoch, std::int64_t through) {
        const UtcMs before = door.kiosk_time() - delivered_kept_ms;
        return ask<Outcome>(
            door, [&](Outbox& it) { return without_number(it.purge(before, agency, epoch, through)); });
    };
}

} // namespace vakant
