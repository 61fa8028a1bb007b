#include "sync/delivery.h"

#include <algorithm>
#include <set>

namespace vakant {
namespace {

constexpr std::size_t most_bytes_at_once = 4u << 20;
constexpr std::size_t least_bytes_at_once = 32u << 10;
constexpr std::size_t exchange_ms = 15'000; ///< that a full batch should take
constexpr unsigned errors_before_probing = 3;
constexpr std::int64_t look_every_ms = 60'000;

Json line_of(const OutboxItem& item) {
    return Json::object(
        {{"envelope", to_base64url(item.envelope)}, {"agency", item.agency}, {"id", item.id}});
}

} // namespace

void Delivery::now_due() {
    retry_.now_due(talk_.now());
    for (auto& [name, held] : held_)
        held.retry.now_due(talk_.now());
}

void Delivery::keys_are_new() {
    batch_ = talk_.settings.batch;
    now_due();
}

/// The oldest items whose time has come; only where there are none, one of those that go alone.
Result<std::vector<OutboxItem>> Delivery::choose() {
    const std::size_t wanted = batch_ + held_.size();
    auto waiting = talk_.ports.waiting(wanted);
    if (!waiting.ok()) return waiting.error();
    if (waiting->size() < wanted) { // everything that waits is here: what is not, is settled
        std::set<ItemName> there;
        for (const OutboxItem& item : *waiting)
            there.emplace(item.agency, item.id);
        std::erase_if(held_, [&](const auto& entry) { return !there.contains(entry.first); });
    }
    std::vector<OutboxItem> chosen;
    std::size_t bytes = 0;
    OutboxItem* due_alone = nullptr;
    for (OutboxItem& item : *waiting) {
        if (const auto at = held_.find({item.agency, item.id}); at != held_.end()) {
            const Held& held = at->second;
            if (!held.retry.due(talk_.now())) continue;
            if (held.alone) {
                if (due_alone == nullptr) due_alone = &item;
                continue;
            }
        }
        bytes += item.envelope.size();
        if (chosen.size() >= batch_ || (!chosen.empty() && bytes > most_bytes_)) break;
        chosen.push_back(std::move(item));
    }
    if (chosen.empty() && due_alone != nullptr) chosen.push_back(std::move(*due_alone));
    return chosen;
}

bool Delivery::step() {
    const auto items = choose();
    if (!items.ok()) {
        // Who waits, and until when, cannot be known now.
        talk_.note_problem(items.error().kind);
        retry_.succeeded(talk_.now() + look_every_ms);
    } else if (items->empty()) {
        look_again_later();
    } else {
        send(*items);
        return true;
    }
    return false;
}

void Delivery::look_again_later() {
    std::int64_t next = talk_.now() + look_every_ms;
    for (const auto& [name, held] : held_)
        next = std::min(next, std::max(held.retry.at(), talk_.now() + 1));
    retry_.succeeded(next);
}

void Delivery::send(const std::vector<OutboxItem>& items) {
    HttpRequest request;
    request.headers.emplace_back("Content-Type", "application/x-ndjson");
    for (const OutboxItem& item : items)
        request.body += line_of(item).to_text() + "\n";
    const std::size_t bytes = request.body.size();
    const std::int64_t began = talk_.now();
    const auto answer = talk_.ask("POST", "/v1/submissions", std::move(request));
    // The status code is nobody's word: what counts is signed, line by line.
    std::vector<OutboxItem> left = items;
    if (answer.ok()) settle(left, answer->body);
    if (left.size() == items.size()) return after_failure(items, answer);
    measure(bytes, talk_.now() - began);
    talk_.heard();
    transport_errors_ = 0;
    batch_ = std::min(talk_.settings.batch, batch_ * 2);
    for (const OutboxItem& item : left)
        hold(item, false); // the others were heard, so it is this item
    for (const OutboxItem& item : items) {
        const bool done = std::none_of(left.begin(), left.end(), [&](const OutboxItem& each) {
            return each.id == item.id && each.agency == item.agency;
        });
        if (done) held_.erase({item.agency, item.id});
    }
    retry_.succeeded(talk_.now()); // more may wait
}

/// Envelopes are four thirds as long on the wire.
void Delivery::measure(std::size_t bytes, std::int64_t took_ms) {
    const auto fits = bytes * exchange_ms / static_cast<std::size_t>(std::max<std::int64_t>(1, took_ms));
    most_bytes_ = std::clamp(fits / 4 * 3, least_bytes_at_once, most_bytes_at_once);
}

void Delivery::settle(std::vector<OutboxItem>& items, std::string_view lines) {
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        const std::string_view line = lines.substr(0, end);
        lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
        const auto answer = answer_from_json_text(line);
        if (!answer.ok()) continue;
        const auto item = std::find_if(items.begin(), items.end(), [&](const OutboxItem& each) {
            return each.id == answer->envelope_id && each.agency == answer->agency;
        });
        if (item != items.end() && settle_one(*answer, *item)) items.erase(item);
    }
}

/// Only the pinned agency's word about exactly these bytes from exactly this device moves the item.
bool Delivery::settle_one(const Answer& answer, const OutboxItem& item) {
    const PinnedAgency* agency = talk_.agency(item.agency);
    if (agency == nullptr || answer.digest != item.digest || answer.device != talk_.identity.device_id)
        return false;
    if (const Outcome genuine = check_answer(answer, agency->keys); !genuine.ok()) {
        if (genuine.error().kind == ErrorKind::not_found) talk_.keys_wanted = true;
        return false;
    }
    const Outcome settled = talk_.ports.settle(answer);
    if (!settled.ok()) talk_.note_problem(settled.error().kind);
    return settled.ok();
}

void Delivery::after_failure(const std::vector<OutboxItem>& items, const Result<HttpAnswer>& answer) {
    talk_.put_off(retry_, answer);
    if (!answer.ok()) {
        most_bytes_ = std::max(most_bytes_ / 2, least_bytes_at_once);
        if (++transport_errors_ >= errors_before_probing) batch_ = 1;
        return;
    }
    talk_.note_problem(ErrorKind::not_authentic);
    const bool overloaded = answer->status == 429 || answer->status == 503;
    const bool about_us = answer->status == 401 || answer->status == 403 || answer->status == 426;
    if (overloaded || about_us) return; // not the items' fault
    if (put_off_by_lines(items, answer->body)) return;
    // Perhaps one item spoils the whole: halve until it stands alone, then let the others pass it.
    if (items.size() == 1) {
        hold(items.front(), true);
    } else {
        batch_ = std::max<std::size_t>(1, items.size() / 2);
    }
}

/// The backend is there and says of each item that it cannot take it now: they wait, the next ones go.
/// Unsigned as it is, that moves no item.
bool Delivery::put_off_by_lines(const std::vector<OutboxItem>& items, std::string_view lines) {
    std::size_t put_off = 0;
    JsonElements elements(lines);
    for (;;) {
        const auto next = elements.next();
        if (!next.ok()) return false;
        if (!next->more) break;
        if (next->element["error"].text().empty()) return false;
        ++put_off;
    }
    if (put_off != items.size()) return false;
    for (const OutboxItem& item : items)
        hold(item, false);
    transport_errors_ = 0;
    retry_.succeeded(talk_.now());
    return true;
}

void Delivery::hold(const OutboxItem& item, bool alone) {
    Held& held = held_[{item.agency, item.id}];
    held.alone = alone;
    held.retry.failed(talk_.now(), talk_.limits(), talk_.random);
}

} // namespace vakant
