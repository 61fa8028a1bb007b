// The page pattern. A page is plain state; `view` draws it and changes nothing; `update` changes it and draws
// nothing; `receive` takes what the workers answered. App (kiosk/app) owns the pages, runs the effects after
// drawing, and is the only one that knows stores, threads and the network.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/strings/strings.h"
#include "kiosk/pages/effect.h"
#include "kiosk/pages/event.h"
#include "kiosk/pages/intent.h"
#include "kiosk/pages/page_id.h"
#include "kiosk/ui/ui.h"

namespace vakant {

/// Plain values only: never a store, a socket or a device.
struct PageContext {
    const Strings& strings;
    std::string language;
    UtcMs now = 0; ///< kiosk time
    std::int64_t monotonic_ms = 0;
    int offset_minutes = 0;  ///< of the place, east of UTC
    const KioskFacts& facts; ///< agencies, versions, queue, forms and tests that are there (event.h)
};

class Page {
public:
    virtual ~Page() = default;
    virtual PageId id() const = 0;
    /// Which part of itself a page shows ("contact" of a form): scrolling starts afresh where it changes.
    virtual std::string part() const { return {}; }
    virtual void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const = 0;
    virtual std::vector<Effect> update(const Intent& intent, const PageContext& in) = 0;
    /// The page shows nothing of the kiosk's frame but itself (attract).
    virtual bool stands_alone() const { return false; }
    /// Once, before the first frame; and again when the page comes back to the top.
    virtual std::vector<Effect> enter(const PageContext&) { return {}; }
    virtual std::vector<Effect> receive(const Event&, const PageContext&) { return {}; }
    /// When view should be called again though nothing happened (a running clock), monotonic.
    virtual std::optional<std::int64_t> wake_at(const PageContext&) const { return std::nullopt; }
    /// What has the focus when the page opens; "": nothing until somebody goes about by keys.
    virtual std::string_view first_focus() const { return {}; }
    /// True where somebody's words would be lost by leaving: App asks before it does.
    virtual bool holds_answers() const { return false; }
};

class Visit;
/// Every page there is. `visit` must outlive it.
std::unique_ptr<Page> make_page(PageId id, const PageArguments& arguments, Visit& visit);

} // namespace vakant
