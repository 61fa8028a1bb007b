// Makes the self-made authority and the server's certificate: for demos, tests and small offices. The only
// other user of OpenSSL beside the listener. Called by `vakant-agency keys tls`.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace vakant {

/// PEM texts. ECDSA P-256.
struct CertificateAndKey {
    std::string certificate;
    std::string key;
};

/// An authority that signs server certificates only, valid for twenty years: kiosks pin it.
Result<CertificateAndKey> make_authority(std::string_view name, UtcMs now);

/// A server certificate for these names and addresses, valid for 800 days, signed by the authority. The
/// certificate text is the whole chain.
Result<CertificateAndKey> make_server_certificate(const CertificateAndKey& authority,
                                                  const std::vector<std::string>& hosts, UtcMs now);

} // namespace vakant
