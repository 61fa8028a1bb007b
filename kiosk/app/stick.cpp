#include "kiosk/app/stick.h"

#include "sync/stick.h"

namespace vakant {

Event exchange_with_stick_for_staff(Outbox& outbox, const DeviceIdentity& identity,
                                    const std::filesystem::path& stick) {
    if (!is_mounted(stick)) return event::StickFailed{ErrorKind::not_found};
    const auto exchanged = exchange_with_stick(outbox, identity, stick);
    if (!exchanged.ok()) return event::StickFailed{exchanged.error().kind};
    return event::StickExchanged{exchanged->written, exchanged->answered, exchanged->refused};
}

} // namespace vakant
