// How a kiosk comes to belong to agencies: the device flow of RFC 8628, with six words that people compare
// before anything is pinned; and how one that does is enrolled again, with the same id and keys. The engine
// alone uses it.
#pragma once

#include "sync/conversation.h"

namespace vakant {

class Enrolment {
public:
    explicit Enrolment(Conversation& conversation) : talk_(conversation) {}

    std::int64_t due() const { return retry_.at(); }
    /// One exchange. Pins and saves when both the desk and the kiosk said yes.
    void step();
    void words_confirmed(bool same);
    /// Staff ask for it at a kiosk that serves already. Nothing where it is under way.
    void again();
    /// Begins by itself where the agency turned this kiosk away, and ends what began so once it is known
    /// there.
    void follow();
    bool is_again() const { return again_.has_value(); }
    /// No waiting, but for the interval that the backend asked for.
    void now_due() {
        if (device_code_.empty()) retry_.now_due(talk_.now());
    }

private:
    enum class Said { nothing, same, different };
    enum class Asked { by_staff, by_itself };

    void ask_for_code();
    void poll();
    void on_pending(const Json& body);
    void on_granted(const Json& body);
    Result<std::vector<PinnedAgency>> agencies_from(const Json& list, std::string_view id_name) const;
    std::vector<RootToPin> roots_of(const std::vector<PinnedAgency>& agencies) const;
    void begin_again(std::int64_t after_ms);
    void code_expired();
    void drop_code();
    void end_again();
    void say(SyncStatus::Enrolment how_far);
    DeviceIdentity with_agencies(std::vector<PinnedAgency> granted) const;

    Conversation& talk_;
    Retry retry_;
    std::string device_code_;
    std::int64_t interval_ms_ = 5'000;
    std::int64_t expires_at_ = 0;
    std::vector<std::string> words_;
    Said said_ = Said::nothing;
    std::optional<Asked> again_;
};

} // namespace vakant
