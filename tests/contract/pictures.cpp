#include "tests/contract/pictures.h"

#include <algorithm>
#include <cstdlib>

#include "core/crypto/crypto.h"
#include "core/text/versions.h"

namespace vakant {
namespace {

int most_in(const std::uint8_t* a, const std::uint8_t* b) {
    int most = 0;
    for (int i = 0; i < 4; ++i)
        most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

} // namespace

PictureDifference difference(const Pixels& before, const Pixels& after) {
    PictureDifference out;
    out.other_size = before.width != after.width || before.height != after.height;
    if (out.other_size) return out;
    for (std::size_t i = 0; i < before.rgba.size(); i += 4) {
        const int most = most_in(before.rgba.data() + i, after.rgba.data() + i);
        out.most = std::max(out.most, most);
        out.pixels += most > most_difference ? 1 : 0;
    }
    return out;
}

Pixels marked_difference(const Pixels& before, const Pixels& after) {
    Pixels out = after;
    const bool same_size = before.width == after.width && before.height == after.height;
    for (std::size_t i = 0; i < out.rgba.size(); i += 4) {
        const bool differs =
            same_size && most_in(before.rgba.data() + i, after.rgba.data() + i) > most_difference;
        const std::uint8_t red[] = {220, 0, 0};
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const int pale = 200 + after.rgba[i + channel] * 55 / 255;
            out.rgba[i + channel] = differs ? red[channel] : static_cast<std::uint8_t>(pale);
        }
    }
    return out;
}

std::string drawn_with() {
    std::string out = text_library_versions() + "\n";
    const FontFiles fonts = FontFiles::installed();
    std::vector<std::filesystem::path> files(std::begin(fonts.latin), std::end(fonts.latin));
    files.insert(files.end(), std::begin(fonts.arabic), std::end(fonts.arabic));
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    for (const std::filesystem::path& file : files) {
        const auto content = read_file(file);
        out += file.filename().string() + " " +
               (content.ok() ? blake2b_hex(*content).substr(0, 16) : "missing") + "\n";
    }
    return out;
}

Look halved(Look look) {
    look.width_px /= 2;
    look.height_px /= 2;
    look.mm_per_px *= 2;
    return look;
}

std::string gallery_page(const std::vector<std::string>& looks, const std::vector<std::string>& states) {
    std::string out =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Vakant: every page</title>\n"
        "<style>body{font:16px sans-serif;background:#ddd;margin:24px}"
        "table{border-spacing:16px}th{position:sticky;top:0;background:#ddd;padding:8px;text-align:"
        "left}td{vertical-align:top}img{width:480px;display:block;box-shadow:0 1px 6px #0006}"
        "img.missing{visibility:hidden}</style>\n<table><tr><th></th>";
    for (const std::string& look : looks)
        out += "<th>" + look + "</th>";
    out += "</tr>\n";
    for (const std::string& state : states) {
        out += "<tr><th id=\"" + state + "\"><a href=\"#" + state + "\">" + state + "</a></th>";
        for (const std::string& look : looks) {
            const std::string file = look + "/" + state + ".png";
            out += "<td><a href=\"" + file + "\"><img loading=\"lazy\" alt=\"" + state + ", " + look +
                   "\" src=\"" + file + "\"></a></td>";
        }
        out += "</tr>\n";
    }
    return out + "</table></html>\n";
}

} // namespace vakant
