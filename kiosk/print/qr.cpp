#include "kiosk/print/qr.h"

#include <memory>
#include <qrencode.h>
#include <string>

namespace vakant {

Result<QrModules> qr_modules(std::string_view text) {
    constexpr int largest_version = 20;
    const std::string bytes(text);
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeData(static_cast<int>(bytes.size()),
                          reinterpret_cast<const unsigned char*>(bytes.data()), 0, QR_ECLEVEL_M),
        QRcode_free);
    if (!code) return invalid_input("no QR code can hold this text");
    if (code->version > largest_version) return invalid_input("the text makes a QR code too fine to scan");
    QrModules out;
    out.side = code->width;
    const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    out.dark.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        out.dark.push_back(code->data[i] & 1u);
    return out;
}

} // namespace vakant
