#include "agency/server/certificates.h"

#include <arpa/inet.h>
#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace vakant {

namespace {

template <auto release>
struct Release {
    template <typename T>
    void operator()(T* thing) const {
        release(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Memory = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

std::string text_of(BIO* memory) {
    char* start = nullptr;
    const long length = BIO_get_mem_data(memory, &start);
    return {start, static_cast<std::size_t>(length)};
}

std::string pem_of(X509* certificate) {
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    return text_of(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return text_of(memory.get());
}

Memory reading(std::string_view text) {
    return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool set_serial(X509* certificate) {
    const Number serial(BN_new());
    return BN_rand(serial.get(), 126, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_times(X509* certificate, UtcMs from, UtcMs until) {
    return ASN1_TIME_set(X509_getm_notBefore(certificate), static_cast<time_t>(from / 1000)) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), static_cast<time_t>(until / 1000)) != nullptr;
}

bool set_name(X509_NAME* name, std::string_view text) {
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(text.data()),
                                      static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool is_address(const std::string& host) {
    unsigned char room[sizeof(in6_addr)];
    return inet_pton(AF_INET, host.c_str(), room) == 1 || inet_pton(AF_INET6, host.c_str(), room) == 1;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
    std::string names;
    for (const std::string& host : hosts)
        names += (names.empty() ? "" : ",") + std::string(is_address(host) ? "IP:" : "DNS:") + host;
    return names;
}

Error not_made(std::string_view what) {
    return internal_error("OpenSSL could not make " + std::string(what));
}

} // namespace

Result<CertificateAndKey> make_authority(std::string_view name, UtcMs now) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate) return not_made("the authority's key");
    X509* const made = certificate.get();
    const bool ok = X509_set_version(made, 2) == 1 && set_serial(made) &&
                    set_times(made, now - day_ms, now + 20 * 365 * day_ms) &&
                    set_name(X509_get_subject_name(made), name) &&
                    X509_set_issuer_name(made, X509_get_subject_name(made)) == 1 &&
                    X509_set_pubkey(made, key.get()) == 1 &&
                    add_extension(made, made, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    add_extension(made, made, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    add_extension(made, made, NID_subject_key_identifier, "hash") &&
                    X509_sign(made, key.get(), EVP_sha256()) > 0;
    if (!ok) return not_made("the authority's certificate");
    return CertificateAndKey{pem_of(made), pem_of(key.get())};
}

Result<CertificateAndKey> make_server_certificate(const CertificateAndKey& authority,
                                                  const std::vector<std::string>& hosts, UtcMs now) {
    if (hosts.empty()) return invalid_input("a server certificate needs a host name");
    const Certificate issuer(
        PEM_read_bio_X509(reading(authority.certificate).get(), nullptr, nullptr, nullptr));
    const Key issuer_key(PEM_read_bio_PrivateKey(reading(authority.key).get(), nullptr, nullptr, nullptr));
    if (!issuer || !issuer_key) return invalid_input("the authority's certificate or key is not PEM");
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate) return not_made("the server's key");
    X509* const made = certificate.get();
    const bool ok = X509_set_version(made, 2) == 1 && set_serial(made) &&
                    set_times(made, now - day_ms, now + 800 * day_ms) &&
                    set_name(X509_get_subject_name(made), hosts.front()) &&
                    X509_set_issuer_name(made, X509_get_subject_name(issuer.get())) == 1 &&
                    X509_set_pubkey(made, key.get()) == 1 &&
                    add_extension(made, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(made, issuer.get(), NID_key_usage, "critical,digitalSignature") &&
                    add_extension(made, issuer.get(), NID_ext_key_usage, "serverAuth") &&
                    add_extension(made, issuer.get(), NID_subject_key_identifier, "hash") &&
                    add_extension(made, issuer.get(), NID_authority_key_identifier, "keyid") &&
                    add_extension(made, issuer.get(), NID_subject_alt_name, alternative_names(hosts)) &&
                    X509_sign(made, issuer_key.get(), EVP_sha256()) > 0;
    if (!ok) return not_made("a certificate for " + alternative_names(hosts));
    return CertificateAndKey{pem_of(made) + authority.certificate, pem_of(key.get())};
}

} // namespace vakant
