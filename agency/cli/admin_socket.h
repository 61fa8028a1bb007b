// admin.sock in the data directory: how commands ask a running `serve`. JSON lines both ways, one request at
// a time on a connection; only the owner of the data directory can reach it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "agency/api/services.h"
#include "core/base/spooled_text.h"
#include "core/json/json.h"

namespace vakant {

class AdminSocket {
public:
    /// Listens when this returns. `services` must outlive it. The caller holds the data directory's lock.
    static Result<std::unique_ptr<AdminSocket>> start(Services& services);
    ~AdminSocket(); ///< lets running requests end, removes the socket

private:
    struct Inside;
    explicit AdminSocket(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// One action in a running `serve`, with a large text beside its arguments where there is one. none: nobody
/// listens there. The action's own failure comes back as it was.
Result<std::optional<Json>> ask_running_serve(const std::filesystem::path& data, std::string_view action,
                                              const Json& arguments, SpooledText* attached = nullptr);

/// The one process that has the data directory's store open.
class DataLock {
public:
    /// Makes the folder (0700) where there is none. unavailable: another process holds it.
    static Result<DataLock> take(const std::filesystem::path& data);
    DataLock(DataLock&& other) noexcept;
    DataLock& operator=(DataLock&&) = delete;
    ~DataLock();

private:
    explicit DataLock(int file) : file_(file) {}
    int file_;
};

} // namespace vakant
