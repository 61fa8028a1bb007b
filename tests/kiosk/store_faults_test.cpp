// A disk that is full, or that fails to keep what it was told to, under the real workers and under what they
// are made of.
#include "kiosk/app/finalise.h"
#include "kiosk/app/outbox_ports.h"
#include "kiosk/app/parking.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/real_workers.h"
#include "tests/faults/file_tape.h"

using namespace vakant;
using faults::Failure;
using faults::FileTape;

namespace {

job::Finalise registration_job(UtcMs now) {
    effect::Finalise finalise;
    finalise.submissions.push_back(registration_of("Aino"));
    return {finalise, "00112233445566778899aabbccddeeff", now};
}

/// A kiosk whose disk is full from some moment on, until the reserve is given up.
struct FullDisk {
    ScratchFolder folder;
    FakeClock clock;
    SystemRandom random;
    AgencyKeys agency{"example"};
    FileTape tape{folder.path()};
    DiskRoom room{folder.path()};
    DeviceIdentity identity;
    DeviceKeys keys;
    std::unique_ptr<Outbox> outbox;
    SyncPorts ports;

    FullDisk() {
        REQUIRE(start_crypto().ok());
        enrol(folder.path(), random, agency);
        identity = load_identity(folder.path(), random).value();
        keys = load_device_keys(folder.path()).value();
        open();
        REQUIRE(room.keep_reserve().ok());
        OutboxDoor door;
        door.within = [this](const std::function<void(const Result<Outbox*>&)>& task) { task(outbox.get()); };
        door.make_room = [this] { return room.give_up_reserve(); };
        door.kiosk_time = [this] { return clock.wall_ms() + 30 * std::int64_t{86'400'000}; };
        door.delivered = [](const std::string&) {};
        add_outbox_ports(ports, door);
    }
    void open() { outbox = Outbox::open(folder / "outbox.db", clock).value(); }
    Result<Kept> finalise_one() {
        return finalise(*outbox, {identity, keys, random}, room, registration_job(clock.wall_ms()));
    }
    Answer stored() { return agency.answer_to(ports.waiting(1).value().at(0).envelope, Verdict::stored); }
    /// Nothing can be written from here on; `reserve_helps`: until its 64 MiB are given up.
    void fill(bool reserve_helps = true) {
        tape.heal_without(reserve_helps ? "reserve" : "");
        tape.fail(Failure::disk_full, 1, true);
    }
    bool has_reserve() const { return std::filesystem::exists(folder / "reserve"); }
};

} // namespace

TEST_CASE("on a full disk the reserve is given up for the registration that a person has begun") {
    FullDisk kiosk;
    kiosk.fill();
    const Result<Kept> kept = kiosk.finalise_one();
    REQUIRE(kept.ok());
    CHECK(kiosk.tape.has_failed());
    CHECK_FALSE(kiosk.has_reserve());
    CHECK(kiosk.outbox->counts().value().queued == 1);
}

TEST_CASE("on a disk that stays full a registration is refused whole, and no number is used") {
    FullDisk kiosk;
    kiosk.fill(false);
    const Result<Kept> kept = kiosk.finalise_one();
    REQUIRE_FALSE(kept.ok());
    CHECK(kept.error().kind == ErrorKind::disk_full);
    CHECK_FALSE(kiosk.has_reserve());
    kiosk.tape.heal();
    kiosk.outbox.reset();
    kiosk.open();
    CHECK(kiosk.outbox->all_items().value().empty());
    CHECK(kiosk.finalise_one().value().reference == reference_number("KTR", 1));
}

TEST_CASE("on a full disk the reserve lets an answer be kept, and what was delivered be let go of") {
    FullDisk kiosk;
    REQUIRE(kiosk.finalise_one().ok());
    const Answer answer = kiosk.stored();
    SECTION("the answer") {
        kiosk.fill();
        REQUIRE(kiosk.ports.settle(answer).ok());
        CHECK(kiosk.outbox->counts().value().delivered == 1);
    }
    SECTION("letting go") {
        REQUIRE(kiosk.ports.settle(answer).ok());
        kiosk.fill();
        REQUIRE(kiosk.ports.purge("example", answer.epoch, answer.sequence).ok());
        CHECK(kiosk.outbox->all_items().value().empty());
    }
    CHECK(kiosk.tape.has_failed());
    CHECK_FALSE(kiosk.has_reserve());
}

TEST_CASE("on a full disk the reserve lets the stores be opened at the start") {
    FullDisk kiosk;
    REQUIRE(kiosk.finalise_one().ok());
    kiosk.outbox.reset();
    std::filesystem::remove(kiosk.folder / "sessions.db");
    kiosk.fill(); // sessions.db has to be made
    KioskStores stores(kiosk.folder.path(), kiosk.clock, kiosk.random, kiosk.room);
    CHECK(stores.look_after());
    CHECK(kiosk.tape.has_failed());
    REQUIRE_FALSE(stores.problem().has_value());
    CHECK(stores.outbox().value()->counts().value().queued == 1);
    CHECK_FALSE(kiosk.has_reserve());
}

TEST_CASE("on a full disk a form is not parked by half and a typed key is not taken for kept") {
    FullDisk kiosk;
    auto sessions =
        SessionStore::open(kiosk.folder / "sessions.db", kiosk.keys.storage, kiosk.clock.wall_ms()).value();
    const std::string session = "5b9c1f8e-0000-4000-8000-000000000001";
    REQUIRE(sessions->begin(session, "{}").ok());
    REQUIRE(sessions->append(session, {U'a', 1}).ok());
    kiosk.fill(false);
    job::ParkForm park{"{}", kiosk.clock.wall_ms(), 1};
    const auto parked = park_form(sessions->parked(), kiosk.random, park);
    REQUIRE_FALSE(parked.ok());
    CHECK(parked.error().kind == ErrorKind::disk_full);
    const Outcome typed = sessions->append(session, {U'b', 2});
    REQUIRE_FALSE(typed.ok());
    CHECK(typed.error().kind == ErrorKind::disk_full);
    CHECK(kiosk.has_reserve()); // it is for what was taken on
    kiosk.tape.heal();
    CHECK(sessions->parked().count(kiosk.clock.wall_ms()).value() == 0);
    CHECK(sessions->append(session, {U'b', 2}).ok());
    CHECK(sessions->unfinished().value().value().keys.size() == 2);
}

TEST_CASE("after a failed sync the store is opened anew at once, and the next registration is kept") {
    RealWorkers real;
    FileTape tape(real.folder.path(), "outbox.db");
    real.enrol();
    real.start();
    REQUIRE_FALSE(real.waiter.next<report::StoreOpened>(*real.workers).problem.has_value());
    tape.fail(Failure::failed_sync, 1);
    real.workers->post(registration_job(real.clock.wall_ms()));
    CHECK(std::holds_alternative<event::FinaliseFailed>(real.answer()));
    CHECK_FALSE(real.waiter.next<report::StoreOpened>(*real.workers).problem.has_value());
    real.workers->post(registration_job(real.clock.wall_ms()));
    CHECK(std::holds_alternative<event::Finalised>(real.answer()));
    real.workers.reset();
    const auto outbox = Outbox::open(real.folder / "outbox.db", real.clock).value();
    CHECK(outbox->all_items().value().size() == 1); // not the one of which the person heard "not kept"
}

TEST_CASE("while no sync works registrations are declined, and the clock brings the store back") {
    RealWorkers real;
    FileTape tape(real.folder.path(), "outbox.db");
    real.enrol();
    real.start();
    REQUIRE_FALSE(real.waiter.next<report::StoreOpened>(*real.workers).problem.has_value());
    tape.fail(Failure::failed_sync, 1, true);
    real.workers->post(registration_job(real.clock.wall_ms()));
    CHECK(std::holds_alternative<event::FinaliseFailed>(real.answer()));
    const auto broken = real.waiter.next<report::StoreOpened>(*real.workers);
    REQUIRE(broken.problem.has_value());
    CHECK(broken.problem->file == "outbox.db");
    tape.heal();
    real.clock.pass(240'000);
    real.workers->post(job::Look{});
    CHECK_FALSE(real.waiter.next<report::StoreOpened>(*real.workers).problem.has_value());
    real.workers->post(registration_job(real.clock.wall_ms()));
    CHECK(std::holds_alternative<event::Finalised>(real.answer()));
}

TEST_CASE("the kiosk hears of an outbox that had to be salvaged, at this start and the next") {
    RealWorkers real;
    real.enrol();
    real.start();
    for (int number = 0; number < 20; ++number) {
        real.workers->post(registration_job(real.clock.wall_ms()));
        REQUIRE(std::holds_alternative<event::Finalised>(real.answer()));
    }
    real.workers.reset();
    std::string bytes = read_file(real.folder / "outbox.db").value();
    bytes.replace(bytes.size() / 2 / 4096 * 4096, 4096, 4096, 'Z');
    REQUIRE(write_file_durably(real.folder / "outbox.db", bytes).ok());
    for (int start = 0; start < 2; ++start) {
        real.start();
        const auto opened = real.waiter.next<report::StoreOpened>(*real.workers);
        CHECK_FALSE(opened.problem.has_value());
        REQUIRE(opened.salvage.has_value());
        CHECK(opened.salvage->kept >= 10);
        CHECK(opened.salvage->kept + opened.salvage->lost.value() == 20);
        real.workers.reset();
    }
}
