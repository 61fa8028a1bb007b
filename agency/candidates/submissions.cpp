#include "agency/candidates/submissions.h"

#include <future>

#include "agency/candidates/candidate_rows.h"

namespace vakant {

namespace {

constexpr std::size_t longest_envelope = 1u << 20;

std::string unsigned_answer(std::string_view word) {
    return Json::object({{"error", word}}).to_text();
}

/// One line of a request on its way: what is known of it, and its answer once that is decided.
struct Line {
    Answer about; ///< agency, device, id, digest: what the answer is signed over
    OpenedEnvelope opened;
    std::shared_ptr<const AgencySecrets> secrets;
    std::string answer;       ///< "" until decided
    bool unavailable = false; ///< temporary: the kiosk sends it again
};

class Reception {
public:
    Reception(const SubmissionDesk& desk, const Device& device) : desk_(&desk), device_(&device) {}

    void check_and_open(Line& line, std::string_view text) const;
    /// On the writer's thread, in the line's own savepoint.
    Outcome keep(Connection& connection, Line& line) const;

private:
    void read_hint(Line& line, const Json& json) const;
    bool look_up_secrets(Line& line) const;
    void refuse(Line& line, std::string_view reason) const;
    void postpone(Line& line) const;
    std::string_view problem_of(Line& line, const Json& json, Envelope& envelope) const;
    void open(Line& line, const Envelope& envelope) const;
    Outcome check_against_documents(Connection& connection, Line& line) const;
    std::string again(const Line& line, const EnvelopeRow& row) const;
    std::string signed_text(const Line& line, Verdict verdict, std::string_view reason, std::int64_t sequence,
                            UtcMs received_at) const;

    const SubmissionDesk* desk_;
    const Device* device_;
};

std::string Reception::signed_text(const Line& line, Verdict verdict, std::string_view reason,
                                   std::int64_t sequence, UtcMs received_at) const {
    Answer answer = line.about;
    answer.verdict = verdict;
    answer.reason = std::string(reason);
    answer.epoch = desk_->epoch;
    answer.sequence = sequence;
    answer.received_at = received_at;
    return to_json_text(sign_answer(std::move(answer), *line.secrets->answers));
}

void Reception::postpone(Line& line) const {
    line.answer = unsigned_answer("unavailable");
    line.unavailable = true;
}

/// The kiosk's own words about the item: only what an answer about something unreadable can be signed over.
void Reception::read_hint(Line& line, const Json& json) const {
    line.about.device = device_->id;
    line.about.agency = std::string(json["agency"].text());
    line.about.envelope_id = std::string(json["id"].text());
    if (!is_uuid(line.about.envelope_id)) line.about.envelope_id.clear();
}

bool Reception::look_up_secrets(Line& line) const {
    auto secrets = desk_->keys.secrets(line.about.agency);
    if (!secrets.ok() || !(*secrets)->answers) return false;
    line.secrets = std::move(*secrets);
    return true;
}

void Reception::refuse(Line& line, std::string_view reason) const {
    if (line.secrets == nullptr && !look_up_secrets(line)) {
        line.answer = unsigned_answer(reason);
        return;
    }
    line.answer = signed_text(line, Verdict::refused, reason, 0, desk_->clock.wall_ms());
}

/// Everything that can be told without a key: "" where the envelope may be opened.
std::string_view Reception::problem_of(Line& line, const Json& json, Envelope& envelope) const {
    auto bytes = from_base64url(json["envelope"].text());
    if (!json["envelope"].is_string() || !bytes.ok()) return "not_an_envelope";
    line.about.digest = envelope_digest(*bytes);
    if (bytes->size() > longest_envelope) return "too_large";
    auto parsed = parse_envelope(*bytes);
    if (!parsed.ok()) return "not_an_envelope";
    // Whoever sends it elsewhere than it was sealed for is confused, or somebody in between.
    if (json["agency"].is_string() && json["agency"].text() != parsed->header.agency) return "wrong_agency";
    envelope = std::move(*parsed);
    line.about.agency = envelope.header.agency;
    line.about.envelope_id = envelope.header.id;
    line.opened.header = envelope.header;
    line.opened.digest = line.about.digest;
    line.opened.device_prefix = device_->prefix;
    line.opened.bytes = std::move(*bytes);
    if (envelope.header.device != device_->id) return "unknown_device";
    if (!device_->serves(envelope.header.agency)) return "agency_not_served";
    if (!envelope_signed_by(envelope, line.opened.bytes, device_->key)) return "bad_signature";
    return "";
}

void Reception::open(Line& line, const Envelope& envelope) const {
    auto text = open_envelope(envelope, line.secrets->opening);
    if (!text.ok() && text.error().kind == ErrorKind::not_found) return postpone(line);
    if (!text.ok()) return refuse(line, "does_not_open");
    line.opened.payload = read_payload(*text);
    line.opened.payload_text = std::move(*text);
}

Outcome Reception::check_against_documents(Connection& connection, Line& line) const {
    const Payload& payload = line.opened.payload;
    const std::string& agency = line.about.agency;
    if (payload.registration) {
        VAKANT_TRY(problems, registration_problems(connection, agency, payload.registration->digest,
                                                   payload.registration->answers));
        line.opened.problems = std::move(problems);
    }
    if (payload.result) {
        VAKANT_TRY(checked, check_result(connection, agency, payload.whole));
        line.opened.checked = std::move(checked);
    }
    return done();
}

void Reception::check_and_open(Line& line, std::string_view text) const {
    auto json = parse_json(text);
    if (!json.ok()) {
        line.answer = unsigned_answer("not_an_envelope");
        return;
    }
    read_hint(line, *json);
    Envelope envelope;
    if (const auto problem = problem_of(line, *json, envelope); !problem.empty())
        return refuse(line, problem);
    if (!look_up_secrets(line)) return postpone(line);
    // What is kept already needs no key to be answered.
    std::optional<EnvelopeRow> row;
    const Outcome looked = desk_->database.read([&](Connection& connection) -> Outcome {
        VAKANT_TRY(found, find_envelope(connection, envelope.header));
        row = std::move(found);
        return done();
    });
    if (!looked.ok()) return postpone(line);
    if (row) {
        line.answer = again(line, *row);
        return;
    }
    open(line, envelope);
    if (!line.answer.empty()) return;
    const Outcome checked = desk_->database.read(
        [&](Connection& connection) { return check_against_documents(connection, line); });
    if (!checked.ok()) postpone(line);
}

/// Every repetition gets the very bytes of the first answer, as long as their key and epoch still count.
std::string Reception::again(const Line& line, const EnvelopeRow& row) const {
    if (row.digest != line.about.digest)
        return signed_text(line, Verdict::conflict, "", row.sequence, row.received_at);
    auto first = answer_from_json_text(row.answer);
    const bool still_counts = first.ok() && row.epoch == desk_->epoch &&
                              first->signer == key_id_of(line.secrets->answers->public_key);
    if (still_counts) return row.answer;
    return signed_text(line, Verdict::known, "", row.sequence, row.received_at);
}

Outcome Reception::keep(Connection& connection, Line& line) const {
    VAKANT_TRY(known, find_envelope(connection, line.opened.header));
    if (known) {
        line.answer = again(line, *known);
        return done();
    }
    EnvelopeRow row;
    row.digest = line.opened.digest;
    row.epoch = desk_->epoch;
    row.received_at = desk_->clock.wall_ms();
    VAKANT_TRY(sequence, next_number(connection, "envelopes"));
    row.sequence = sequence;
    row.answer = signed_text(line, Verdict::stored, "", row.sequence, row.received_at);
    VAKANT_CHECK(keep_envelope(connection, line.opened, row, desk_->random));
    line.answer = row.answer;
    return done();
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (!line.empty()) lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

} // namespace

Result<std::string> receive_submissions(const SubmissionDesk& desk, const Device& device,
                                        std::string_view text) {
    const std::vector<std::string_view> texts = lines_of(text);
    if (texts.size() > most_lines) return refused("more than 100 lines");
    const Reception reception(desk, device);
    std::vector<Line> lines(texts.size());
    std::vector<std::future<Outcome>> kept(texts.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        reception.check_and_open(lines[i], texts[i]);
        if (!lines[i].answer.empty()) continue;
        kept[i] = desk.database.submit([&reception, &line = lines[i]](Connection& connection) {
            return reception.keep(connection, line);
        });
    }
    std::string answers;
    std::size_t unavailable = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        // Only a commit makes an answer true.
        if (kept[i].valid() && !kept[i].get().ok()) {
            lines[i].answer = unsigned_answer("unavailable");
            lines[i].unavailable = true;
        }
        unavailable += lines[i].unavailable ? 1 : 0;
        answers += lines[i].answer + "\n";
    }
    if (unavailable > 0 && unavailable == lines.size())
        return Error{ErrorKind::unavailable, "nothing could be kept"};
    return answers;
}

} // namespace vakant
