// The same door for a program that has to be on the screen first. libcurl and what it needs (thirty
// libraries) take longer to load than a first page takes to draw, so they come with a module beside the
// program when the first client is made. Called by kiosk/shell, on the network's thread.
#pragma once

#include "core/http/http.h"

namespace vakant {

/// Where the running program lies.
Result<std::filesystem::path> program_folder();
/// make_curl_client of the module in `folder`. Blocks while it is loaded. unsupported: it is missing or
/// cannot be loaded (a broken installation); says which file and why.
Result<std::unique_ptr<HttpClient>> load_curl_client(const std::filesystem::path& folder, HttpTrust trust,
                                                     HttpProxy proxy = {});

/// For a program that goes on without: answers every request with `reason`.
std::unique_ptr<HttpClient> make_client_without_network(Error reason);

} // namespace vakant
