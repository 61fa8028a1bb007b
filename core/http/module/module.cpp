// What the module of late_client.h gives out: one function, by its plain name.
#include "core/http/http.h"

extern "C" __attribute__((visibility("default"))) vakant::HttpClient*
vakant_make_curl_client(vakant::HttpTrust& trust, vakant::HttpProxy& proxy) {
    return vakant::make_curl_client(std::move(trust), std::move(proxy)).release();
}
