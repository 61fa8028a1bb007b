// Sending what waits in the outbox until the agency's signed word on each item is here. One bad item never
// holds up the next. The engine alone uses it.
#pragma once

#include <map>

#include "sync/conversation.h"

namespace vakant {

class Delivery {
public:
    explicit Delivery(Conversation& conversation)
        : talk_(conversation), batch_(conversation.settings.batch) {}

    std::int64_t due() const { return retry_.at(); }
    /// One exchange with what waits, if anything does. False: there was nothing to send.
    bool step();
    /// A new item, the link is up, or staff want it now.
    void now_due();
    /// Answers that could not be checked may hold now.
    void keys_are_new();

private:
    Result<std::vector<OutboxItem>> choose();
    void send(const std::vector<OutboxItem>& items);
    /// Settles what the signed lines say; the items that none of them was about stay in `items`.
    void settle(std::vector<OutboxItem>& items, std::string_view lines);
    bool settle_one(const Answer& answer, const OutboxItem& item);
    void after_failure(const std::vector<OutboxItem>& items, const Result<HttpAnswer>& answer);
    bool put_off_by_lines(const std::vector<OutboxItem>& items, std::string_view lines);
    void hold(const OutboxItem& item, bool alone);
    void look_again_later();
    void measure(std::size_t bytes, std::int64_t took_ms);

    Conversation& talk_;
    Retry retry_;
    std::size_t batch_;
    /// What one exchange may carry: as much as the line took in a quarter of a minute, so that what is cut
    /// off has to be sent again costs little.
    std::size_t most_bytes_ = 256u << 10;
    unsigned transport_errors_ = 0;
    /// Items that brought nothing while others did: each waits its own time. `alone`: perhaps it spoils a
    /// batch.
    struct Held {
        Retry retry;
        bool alone = false;
    };
    std::map<ItemName, Held> held_;
};

} // namespace vakant
