// Fetching feeds as an action on an open store: for the command `fetch`, which asks a running `serve` or
// opens the store itself, and for the schedule of `serve`.
#pragma once

#include <functional>

#include "agency/api/services.h"
#include "agency/vacancies/fetch_feed.h"
#include "core/json/json.h"

namespace vakant {

/// Fetches one feed over the network. `with_client` learns the client while it works, and nullptr after, so
/// that another thread can interrupt it.
Result<FetchReport> fetch_source(Services& services, const FeedSource& source, bool due_only,
                                 const std::function<void(HttpClient*)>& with_client = {});

/// {"sources":[...], "due_only": bool}: fetches each in turn, gives their reports.
Result<Json> fetch_action(Services& services, const Json& arguments);
/// {"sources":[...]}: how far each was read.
Result<Json> feeds_action(Services& services, const Json& arguments);

} // namespace vakant
