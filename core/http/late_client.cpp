#include "core/http/late_client.h"

#include <dlfcn.h>

#include <string>

namespace vakant {
namespace {

using MakeClient = HttpClient* (*)(HttpTrust&, HttpProxy&);

Error broken(const char* what) {
    return {ErrorKind::unsupported, what == nullptr ? "the network module cannot be loaded" : what};
}

class WithoutNetwork final : public HttpClient {
public:
    explicit WithoutNetwork(Error reason) : reason_(std::move(reason)) {}
    Result<HttpAnswer> perform(const HttpRequest&) override { return reason_; }
    void interrupt() override {}

private:
    Error reason_;
};

} // namespace

Result<std::filesystem::path> program_folder() {
    std::error_code unreadable;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", unreadable);
    if (unreadable) return broken("/proc/self/exe cannot be read");
    return program.parent_path();
}

Result<std::unique_ptr<HttpClient>> load_curl_client(const std::filesystem::path& folder, HttpTrust trust,
                                                     HttpProxy proxy) {
    // The version in its name keeps a program from the module of another one.
    const std::filesystem::path file = folder / VAKANT_HTTP_MODULE;
    void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL); // stays: its threads' data cannot be unloaded
    if (module == nullptr) return broken(dlerror());
    const auto make = reinterpret_cast<MakeClient>(dlsym(module, "vakant_make_curl_client"));
    if (make == nullptr) return broken(dlerror());
    return std::unique_ptr<HttpClient>(make(trust, proxy));
}

std::unique_ptr<HttpClient> make_client_without_network(Error reason) {
    return std::make_unique<WithoutNetwork>(std::move(reason));
}

} // namespace vakant
