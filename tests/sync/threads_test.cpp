#include <catch2/catch.hpp>

#include <atomic>
#include <functional>
#include <thread>

#include "core/base/message_queue.h"
#include "tests/sync/kiosk_under_test.h"

using namespace vakant;

namespace {

Vacancy vacancy(int number) {
    Vacancy out;
    out.id = "v" + std::to_string(number);
    out.agency = "aalto";
    out.source = "own";
    out.source_id = out.id;
    out.apply_at_kiosk = true;
    out.published_at = 1'763'000'000'000 + number;
    out.texts.push_back({"fi", "Siivooja " + std::to_string(number), "", "", "Tampereella"});
    return out;
}

} // namespace

TEST_CASE("searching goes on while the mirror writes, and always sees whole pages") {
    const ScratchFolder folder;
    auto writer = CacheWriter::open(folder / "cache.db").value();
    constexpr int pages = 20;
    constexpr int page_length = 10;
    std::atomic<bool> written = false;
    std::atomic<int> wrong = 0;
    std::thread searching([&] {
        auto reader = CacheReader::open(folder / "cache.db").value();
        std::size_t last = 0;
        while (!written) {
            VacancyQuery query;
            query.words = "siivooja";
            const auto results = reader->search(query, 1'763'900'000'000);
            if (!results.ok() || results->own_total % page_length != 0 || results->own_total < last) {
                ++wrong;
            } else {
                last = results->own_total;
            }
        }
    });
    for (int page = 0; page < pages; ++page) {
        VacancyPage next;
        for (int i = 0; i < page_length; ++i)
            next.upserts.push_back(vacancy(page * page_length + i));
        next.next_cursor = std::to_string(page);
        CHECK(writer->apply("aalto", next).ok());
    }
    written = true;
    searching.join();
    CHECK(wrong == 0);
}

TEST_CASE("the engine on its thread and the outbox on another deliver what is finalised meanwhile") {
    KioskUnderTest kiosk;
    // The store thread owns the outbox; the engine asks it by messages.
    using Job = std::function<void()>;
    MessageQueue<Job> jobs;
    std::thread store([&jobs] {
        while (auto job = jobs.pop())
            (*job)();
    });
    const auto on_store = [&jobs](auto question) {
        std::optional<decltype(question())> said;
        MessageQueue<int> answered;
        jobs.push([&] {
            said.emplace(question());
            answered.push(1);
        });
        answered.pop();
        return std::move(*said);
    };
    SyncPorts ports = kiosk.ports();
    ports.waiting = [&](std::size_t most) { return on_store([&] { return kiosk.outbox->waiting(most); }); };
    ports.settle = [&](const Answer& answer) {
        return on_store([&] { return kiosk.outbox->settle(answer); });
    };
    ports.counts = [&] { return on_store([&] { return kiosk.outbox->counts(); }); };
    ports.status_changed = [](const SyncStatus&) {};
    constexpr std::size_t registrations = 16;
    std::thread network([&] {
        SyncEngine engine(kiosk.settings, kiosk.identity, kiosk.keys, kiosk.backend.http, kiosk.clock,
                          kiosk.random, ports);
        while (engine.status().outbox.delivered < registrations) {
            engine.send_now();
            engine.step();
        }
    });
    SeededRandom random(99);
    for (std::size_t number = 0; number < registrations; ++number) {
        EnvelopeHeader header;
        header.id = make_uuid(random);
        header.agency = "aalto";
        header.device = kiosk.identity.device_id;
        const Bytes bytes =
            seal_envelope("x", header, kiosk.backend.agencies.at("aalto").key_set(), kiosk.keys.signing);
        const bool kept = on_store([&] {
            auto finalised = kiosk.outbox->finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
                return std::vector<SealedItem>{{header.id, "aalto", 1, bytes}};
            });
            return finalised.ok();
        });
        CHECK(kept);
    }
    network.join();
    jobs.close();
    store.join();
    CHECK(kiosk.backend.kept.size() == registrations);
}
