// sessions.db: the keys of a running skills test, each encrypted with the device's storage key and durable
// before the screen shows it; and the forms that their owners parked (parked_forms.h), which the device
// cannot open. Store thread only.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/crypto/crypto.h"
#include "core/skills/typing.h"
#include "sync/parked_forms.h"

namespace vakant {

struct StoredSession {
    std::string id;
    std::string test_json; ///< the test as it was when the session began
    std::vector<TypedKey> keys;
};

class SessionStore {
public:
    /// A damaged file is moved aside, and what can be read of it is kept: parked forms, each for itself, and
    /// the running test up to the first key that cannot be read.
    static Result<std::unique_ptr<SessionStore>> open(const std::filesystem::path& file,
                                                      const StorageKey& key, UtcMs now);
    virtual ~SessionStore() = default;
    virtual Outcome begin(std::string_view id, std::string_view test_json) = 0;
    /// Durable when it returns.
    virtual Outcome append(std::string_view id, const TypedKey& key) = 0;
    /// Finished or given up: every row of it is overwritten and gone.
    virtual Outcome forget(std::string_view id) = 0;
    /// A session that a crash cut off, or none.
    virtual Result<std::optional<StoredSession>> unfinished() = 0;
    virtual ParkedForms& parked() = 0;
    /// What was moved aside goes when no form in it could be taken up any more.
    virtual void sweep_aside(UtcMs now) = 0;
    /// False: something failed after which this connection is not trusted again. Drop it and open another.
    virtual bool usable() const = 0;
};

} // namespace vakant
