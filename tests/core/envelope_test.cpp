#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <set>

#include "core/base/random.h"
#include "core/envelope/envelope.h"
#include "core/envelope/words.h"
#include "tests/faults/fault_report.h"

using namespace vakant;

namespace {

/// An agency with all its keys, and one kiosk.
struct Parties {
    SigningKey root = make_signing_key();
    SealingKey opening = make_sealing_key();
    SealingKey second_opening = make_sealing_key();
    SealingKey recovery = make_sealing_key();
    SigningKey answers = make_signing_key();
    SigningKey content = make_signing_key();
    SigningKey device = make_signing_key();
    KeySet keys{"aalto",
                3,
                1'700'000'000'000,
                {opening.public_key, second_opening.public_key},
                recovery.public_key,
                {answers.public_key},
                {content.public_key}};
    EnvelopeHeader header{"0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a01",
                          "aalto",
                          "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11",
                          1'763'900'000'000,
                          "ab12",
                          {}};
};

const std::string payload = R"({"kind":"registration","given_name":"Aino Kanarialintu"})";

Answer some_answer() {
    Answer answer;
    answer.verdict = Verdict::stored;
    answer.agency = "aalto";
    answer.device = "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11";
    answer.envelope_id = "0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a01";
    answer.digest = "00ff";
    answer.epoch = "e1";
    answer.sequence = 41;
    answer.received_at = 1'763'900'001'000;
    return answer;
}

} // namespace

TEST_CASE("a sealed payload comes back to each holder of an opening key and to nobody else") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const Bytes bytes = seal_envelope(payload, p.header, p.keys, p.device);
    CHECK(as_text(bytes).find("Kanarialintu") == std::string_view::npos);
    const Envelope envelope = parse_envelope(bytes).value();
    CHECK(envelope.header.id == p.header.id);
    CHECK(envelope.header.agency == "aalto");
    CHECK(envelope.header.device == p.header.device);
    CHECK(envelope.header.made_at == p.header.made_at);
    CHECK(envelope.header.form_digest == "ab12");
    CHECK(envelope.header.recipients.size() == 3);
    CHECK(envelope_signed_by(envelope, bytes, p.device.public_key));
    for (const SealingKey& key : {p.opening, p.second_opening, p.recovery})
        CHECK(open_envelope(envelope, {key}).value() == payload);
    CHECK(open_envelope(envelope, {make_sealing_key(), p.recovery}).value() == payload);
    const auto by_another = open_envelope(envelope, {make_sealing_key()});
    REQUIRE_FALSE(by_another.ok());
    CHECK(by_another.error().kind == ErrorKind::not_found);
}

TEST_CASE("short payloads of different lengths have envelopes of the same length") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    CHECK(seal_envelope("{}", p.header, p.keys, p.device).size() ==
          seal_envelope(payload, p.header, p.keys, p.device).size());
    const std::string large(300'000, 'x');
    const Bytes bytes = seal_envelope(large, p.header, p.keys, p.device);
    CHECK(open_envelope(parse_envelope(bytes).value(), {p.opening}).value() == large);
}

TEST_CASE("an envelope with any one byte changed is refused") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const Bytes bytes = seal_envelope(payload, p.header, p.keys, p.device);
    faults::FaultReport report("crypto_envelope", 0);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        report.cell();
        Bytes changed = bytes;
        changed[i] ^= 0x01;
        auto envelope = parse_envelope(changed);
        if (envelope.ok() && envelope_signed_by(*envelope, changed, p.device.public_key))
            report.violation("byte " + std::to_string(i));
    }
    report.write();
    CHECK(report.first_violation() == "");
    // The same loop without a change accepts: it is the change that is refused.
    CHECK(envelope_signed_by(parse_envelope(bytes).value(), bytes, p.device.public_key));
}

TEST_CASE("a changed header does not open even where the signature is made anew") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    Envelope envelope = parse_envelope(seal_envelope(payload, p.header, p.keys, p.device)).value();
    envelope.header.form_digest = "ab13";
    const auto opened = open_envelope(envelope, {p.opening});
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().kind == ErrorKind::not_authentic);
}

TEST_CASE("an envelope cut short or with more behind it is refused") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const Bytes bytes = seal_envelope(payload, p.header, p.keys, p.device);
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK_FALSE(parse_envelope(ByteView(bytes).first(length)).ok());
    Bytes longer = bytes;
    longer.push_back(0);
    CHECK_FALSE(parse_envelope(longer).ok());
    CHECK(parse_envelope(Bytes((1u << 20) + 1)).error().kind == ErrorKind::refused);
}

TEST_CASE("another device that signs somebody's envelope again is found out") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const SigningKey thief = make_signing_key();
    const Bytes bytes = seal_envelope(payload, p.header, p.keys, thief);
    const Envelope envelope = parse_envelope(bytes).value();
    CHECK_FALSE(envelope_signed_by(envelope, bytes, p.device.public_key));
    CHECK(envelope_signed_by(envelope, bytes, thief.public_key));
}

TEST_CASE("a key set counts only when the pinned root signed every part of it") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const SignedKeySet set = key_set_from_json_text(to_json_text(sign_key_set(p.keys, p.root))).value();
    CHECK(set.keys.version == 3);
    CHECK(set.keys.opening == p.keys.opening);
    CHECK(check_key_set(set, p.root.public_key).ok());
    CHECK_FALSE(check_key_set(set, p.device.public_key).ok());
    SignedKeySet changed = set;
    changed.keys.version = 4;
    CHECK(check_key_set(changed, p.root.public_key).error().kind == ErrorKind::not_authentic);
    changed = set;
    changed.keys.answers.push_back(make_signing_key().public_key);
    CHECK_FALSE(check_key_set(changed, p.root.public_key).ok());
    // Moving a key from one list to the other is another key set.
    changed = set;
    std::swap(changed.keys.answers, changed.keys.content);
    CHECK_FALSE(check_key_set(changed, p.root.public_key).ok());
    CHECK_FALSE(key_set_from_json_text(R"({"protocol":"vakant-keys/2"})").ok());
}

TEST_CASE("an answer holds only as it was signed by a key of its agency's set") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const Answer answer = answer_from_json_text(to_json_text(sign_answer(some_answer(), p.answers))).value();
    CHECK(answer.sequence == 41);
    CHECK(check_answer(answer, p.keys).ok());
    const auto refused_when = [&](auto change) {
        Answer changed = answer;
        change(changed);
        return !check_answer(changed, p.keys).ok();
    };
    CHECK(refused_when([](Answer& a) { a.verdict = Verdict::erased; }));
    CHECK(refused_when([](Answer& a) { a.reason = "x"; }));
    CHECK(refused_when([](Answer& a) { a.agency = "other"; }));
    CHECK(refused_when([](Answer& a) { a.device = a.envelope_id; }));
    CHECK(refused_when([](Answer& a) { a.envelope_id = a.device; }));
    CHECK(refused_when([](Answer& a) { a.digest = "00fe"; }));
    CHECK(refused_when([](Answer& a) { a.epoch = "e2"; }));
    CHECK(refused_when([](Answer& a) { a.sequence = 42; }));
    CHECK(refused_when([](Answer& a) { a.received_at += 1; }));
    CHECK(refused_when([](Answer& a) { a.signature = {}; }));
    const Answer by_the_device = sign_answer(some_answer(), p.device);
    CHECK(check_answer(by_the_device, p.keys).error().kind == ErrorKind::not_found);
    CHECK_FALSE(answer_from_json_text(R"({"status":"ok"})").ok());
}

TEST_CASE("a heartbeat's answer belongs to one nonce and one device") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    HeartbeatAnswer plain{"aalto", p.header.device, "n1", 1'763'900'000'000, "e1", 7, "", {}};
    const HeartbeatAnswer answer =
        heartbeat_from_json_text(to_json_text(sign_heartbeat(plain, p.answers))).value();
    CHECK(check_heartbeat(answer, p.keys, "n1", p.header.device).ok());
    CHECK_FALSE(check_heartbeat(answer, p.keys, "n2", p.header.device).ok());
    CHECK_FALSE(check_heartbeat(answer, p.keys, "n1", p.header.id).ok());
    HeartbeatAnswer later = answer;
    later.server_time += 1;
    CHECK_FALSE(check_heartbeat(later, p.keys, "n1", p.header.device).ok());
    later = answer;
    later.backed_up_through += 1;
    CHECK_FALSE(check_heartbeat(later, p.keys, "n1", p.header.device).ok());
}

TEST_CASE("a word on resending belongs to one device and one pair of epochs") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const ResendAnswer plain{"aalto", p.header.device, "e2", "e1", 7, "", {}};
    const ResendAnswer answer = resend_from_json_text(to_json_text(sign_resend(plain, p.answers))).value();
    CHECK(check_resend(answer, p.keys, p.header.device).ok());
    CHECK_FALSE(check_resend(answer, p.keys, p.header.id).ok());
    const auto refused_when = [&](const std::function<void(ResendAnswer&)>& change) {
        ResendAnswer changed = answer;
        change(changed);
        return !check_resend(changed, p.keys, p.header.device).ok();
    };
    CHECK(refused_when([](ResendAnswer& a) { a.epoch = "e3"; }));
    CHECK(refused_when([](ResendAnswer& a) { a.earlier_epoch = "e0"; }));
    CHECK(refused_when([](ResendAnswer& a) { a.kept_through = 8; }));
    CHECK(refused_when([](ResendAnswer& a) { a.signature = {}; }));
    CHECK(refused_when([&](ResendAnswer& a) { a = sign_resend(plain, p.device); }));
}

TEST_CASE("content is signed with what it is, so a form cannot be passed for a test") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    SignedContent content = sign_content("aalto", "form", "registration", "{\"pages\":[]}", p.content);
    CHECK(check_content(content, p.keys).ok());
    content.kind = "skill";
    CHECK_FALSE(check_content(content, p.keys).ok());
    CHECK_FALSE(check_content(sign_content("aalto", "form", "registration", "{}", p.answers), p.keys).ok());
}

TEST_CASE("six words stand for the device and every root, whatever the order") {
    REQUIRE(start_crypto().ok());
    PublicKey device{};
    device[0] = 1;
    PublicKey root_a{}, root_b{};
    root_a[0] = 2;
    root_b[0] = 3;
    const RootToPin a{"aalto", "Aalto Rekry", root_a}, b{"bergen", "Bergen Bemanning", root_b};
    const std::vector<std::string> words = enrolment_words("device-1", device, {a, b});
    REQUIRE(words.size() == 6);
    CHECK(words == enrolment_words("device-1", device, {b, a}));
    CHECK(words != enrolment_words("device-2", device, {a, b}));
    CHECK(words != enrolment_words("device-1", root_a, {a, b}));
    CHECK(words != enrolment_words("device-1", device, {a}));
    CHECK(words != enrolment_words("device-1", device, {{"aalto", "Aalto Rekry", root_b}, b}));
    CHECK(words != enrolment_words("device-1", device, {{"aalto", "Another name", root_a}, b}));
}

TEST_CASE("the word list is sorted and no two words begin with the same four letters") {
    std::set<std::string_view> beginnings;
    for (const std::string_view word : enrolment_word_list) {
        CHECK((word.size() >= 4 && word.size() <= 6));
        beginnings.insert(word.substr(0, 4));
    }
    CHECK(beginnings.size() == 2048);
    CHECK(std::is_sorted(enrolment_word_list.begin(), enrolment_word_list.end()));
}

TEST_CASE("a reference number shows one wrong character and two exchanged neighbours") {
    const std::string number = reference_number("KTR", 427);
    CHECK(number.substr(0, 9) == "KTR-0427-");
    CHECK(is_reference_number(number));
    CHECK(is_reference_number(reference_number("BZX", 1'234'567)));
    std::size_t passed = 0;
    for (const std::size_t place : {0u, 1u, 2u, 4u, 5u, 6u, 7u, 9u}) {
        for (const char other : std::string_view("0123456789BCDFGHJKLMNPQRSTVWXZAEU")) {
            std::string wrong = number;
            if (wrong[place] == other) continue;
            wrong[place] = other;
            if (is_reference_number(wrong)) ++passed;
        }
    }
    CHECK(passed == 0);
    for (const std::size_t place : {0u, 1u, 4u, 5u, 6u}) {
        std::string wrong = number;
        std::swap(wrong[place], wrong[place + 1]);
        if (wrong != number) CHECK_FALSE(is_reference_number(wrong));
    }
    CHECK_FALSE(is_reference_number(""));
    CHECK_FALSE(is_reference_number("ktr-0427-" + number.substr(9)));
}

TEST_CASE("a signed word with any one byte changed is refused, whichever word it is") {
    REQUIRE(start_crypto().ok());
    const Parties p;
    const SigningKey next = make_signing_key();
    const SignedKeySet set = sign_key_set(p.keys, p.root);
    const ResendAnswer resend = sign_resend({"aalto", p.header.device, "e2", "e1", 7, "", {}}, p.answers);
    const HeartbeatAnswer heartbeat =
        sign_heartbeat({"aalto", p.header.device, "n1", 1'763'900'000'000, "e1", 7, "", {}}, p.answers);
    const RootSuccession succession = sign_root_succession("aalto", p.root, next, 5);
    Answer plain;
    plain.verdict = Verdict::stored;
    plain.agency = "aalto";
    plain.device = p.header.device;
    plain.envelope_id = p.header.id;
    plain.digest = std::string(64, 'a');
    plain.epoch = "e1";
    plain.sequence = 12;
    plain.received_at = 1'763'900'000'000;
    const Answer answer = sign_answer(plain, p.answers);

    using Holds = std::function<bool(std::string_view)>;
    const std::vector<std::pair<std::string, Holds>> words{
        {to_json_text(set),
         [&](std::string_view text) {
             const auto read = key_set_from_json_text(text);
             return read.ok() && check_key_set(*read, p.root.public_key).ok();
         }},
        {to_json_text(answer),
         [&](std::string_view text) {
             const auto read = answer_from_json_text(text);
             return read.ok() && check_answer(*read, p.keys).ok();
         }},
        {to_json_text(heartbeat),
         [&](std::string_view text) {
             const auto read = heartbeat_from_json_text(text);
             return read.ok() && check_heartbeat(*read, p.keys, "n1", p.header.device).ok();
         }},
        {to_json_text(resend),
         [&](std::string_view text) {
             const auto read = resend_from_json_text(text);
             return read.ok() && check_resend(*read, p.keys, p.header.device).ok();
         }},
        {to_json_text(succession), [&](std::string_view text) {
             const auto read = root_succession_from_json_text(text);
             return read.ok() && check_root_succession(*read).ok();
         }}};
    faults::FaultReport report("crypto_words", 0);
    for (const auto& [text, holds] : words) {
        REQUIRE(holds(text)); // so that what follows can fail
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (const int flipped : {0x01, 0x20, 0x80}) {
                std::string changed = text;
                changed[at] = static_cast<char>(changed[at] ^ flipped);
                if (holds(changed)) report.violation("byte " + std::to_string(at) + " of " + text);
            }
            if (holds(std::string_view(text).substr(0, at)))
                report.violation("cut at " + std::to_string(at) + " of " + text);
            report.cells(4);
        }
    }
    report.write();
    CHECK(report.first_violation() == "");
}
