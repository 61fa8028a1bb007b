#include <ostream>

#include "agency/cli/commands.h"
#include "agency/cli/passphrases.h"
#include "agency/devices/key_files.h"
#include "agency/server/certificates.h"

namespace vakant {

namespace {

Outcome write_new_pair(const std::filesystem::path& folder, const std::string& name,
                       const CertificateAndKey& pair) {
    VAKANT_CHECK(write_file_durably(folder / (name + ".key"), pair.key, 0600));
    return write_file_durably(folder / (name + ".pem"), pair.certificate, 0644);
}

/// The authority that kiosks pin is made once; only its certificates are made anew.
Result<CertificateAndKey> authority_in(const std::filesystem::path& folder, UtcMs now) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder / "authority.pem", ignored)) {
        VAKANT_TRY(made, make_authority("Vakant authority", now));
        VAKANT_CHECK(write_new_pair(folder, "authority", made));
        return made;
    }
    VAKANT_TRY(certificate, read_file(folder / "authority.pem", 1u << 20));
    VAKANT_TRY(key, read_file(folder / "authority.key", 1u << 20));
    return CertificateAndKey{std::move(certificate), std::move(key)};
}

} // namespace

Outcome keys_init_command(const Invocation& invocation, const KeysInitOptions& options) {
    VAKANT_CHECK(start_crypto());
    VAKANT_TRY(agencies, run_action(invocation, "agencies", Json::object()));
    for (const Json& known : agencies.items())
        if (known["agency"].text() == options.agency)
            return Error{ErrorKind::conflict, "agency " + options.agency + ": has its keys already"};
    VAKANT_TRY(passphrase, new_passphrase(invocation, options.passphrase_file));
    VAKANT_TRY(made, make_agency_keys(invocation.settings.data, options.agency, passphrase,
                                      options.out_folder, invocation.clock.wall_ms(), invocation.random));
    VAKANT_TRY(added, run_action(invocation, "agency_add",
                                 Json::object({{"id", options.agency},
                                               {"name", options.name},
                                               {"root", to_base64url(made.root)},
                                               {"key_set", to_json_text(made.key_set)}})));
    (void)added;
    const Json answer = Json::object({{"agency", options.agency},
                                      {"name", options.name},
                                      {"root_key", to_base64url(made.root)},
                                      {"root_file", made.root_file.string()},
                                      {"recovery_file", made.recovery_file.string()},
                                      {"keys", made.folder.string()}});
    if (invocation.json) {
        invocation.out << answer.to_text() << "\n";
    } else {
        invocation.out << "agency    " << options.agency << "\n"
                       << "root key  " << made.root_file.string() << " (keep it and its passphrase offline)\n"
                       << "recovery  " << made.recovery_file.string()
                       << " (keep it offline, somewhere else)\n"
                       << "keys      " << made.folder.string() << "\n";
    }
    return done();
}

Outcome keys_tls_command(const Invocation& invocation, const std::vector<std::string>& hosts) {
    const auto folder = invocation.settings.data / "tls";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return refused(folder.string() + ": " + failed.message());
    std::filesystem::permissions(invocation.settings.data, std::filesystem::perms::owner_all, failed);
    const UtcMs now = invocation.clock.wall_ms();
    VAKANT_TRY(authority, authority_in(folder, now));
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    names.insert(names.end(), hosts.begin(), hosts.end());
    VAKANT_TRY(server, make_server_certificate(authority, names, now));
    VAKANT_CHECK(write_new_pair(folder, "server", server));
    Json list = Json::array();
    for (const std::string& name : names)
        list.push(name);
    const Json answer = Json::object({{"authority", (folder / "authority.pem").string()},
                                      {"certificate", (folder / "server.pem").string()},
                                      {"key", (folder / "server.key").string()},
                                      {"names", std::move(list)}});
    if (invocation.json) invocation.out << answer.to_text() << "\n";
    if (!invocation.json)
        invocation.out << "authority    " << answer["authority"].text() << " (give it to each kiosk)\n"
                       << "certificate  " << answer["certificate"].text() << "\n";
    return done();
}

} // namespace vakant
