#include "core/base/bytes.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace vakant {
namespace {

constexpr char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Error system_error(const std::filesystem::path& path, const char* doing) {
    const int number = errno;
    const ErrorKind kind = number == ENOSPC || number == EDQUOT ? ErrorKind::disk_full
                           : number == ENOENT                   ? ErrorKind::not_found
                                                                : ErrorKind::internal;
    return {kind, path.string() + ": cannot " + doing + ": " + std::strerror(number)};
}

class FileDescriptor {
public:
    explicit FileDescriptor(int number) : number_(number) {}
    ~FileDescriptor() {
        if (number_ >= 0) ::close(number_);
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

} // namespace

std::string to_hex(ByteView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return invalid_input("hex text of odd length");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return invalid_input("not hex at character " + std::to_string(i));
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string to_base64url(ByteView bytes) {
    std::string out((bytes.size() * 4 + 2) / 3, '\0');
    std::size_t at = 0;
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        count += 8;
        while (count >= 6) {
            count -= 6;
            out[at++] = base64url[bits >> count & 63];
        }
    }
    if (count > 0) out[at] = base64url[bits << (6 - count) & 63];
    return out;
}

Result<Bytes> from_base64url(std::string_view text) {
    static const auto values = [] {
        std::array<int, 256> table{};
        table.fill(-1);
        for (int i = 0; i < 64; ++i)
            table[static_cast<unsigned char>(base64url[i])] = i;
        return table;
    }();
    if (text.size() % 4 == 1) return invalid_input("base64url text of impossible length");
    Bytes out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0) return invalid_input("not base64url");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out.push_back(static_cast<std::uint8_t>(bits >> count));
        }
    }
    if ((bits & ((1u << count) - 1)) != 0) return invalid_input("base64url text with loose bits at its end");
    return out;
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t most) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return system_error(path, "open");
    std::string content;
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t got = ::read(file.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(path, "read");
        if (got == 0) return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
        if (content.size() > most) {
            return refused(path.string() + ": larger than " + std::to_string(most) + " bytes");
        }
    }
}

Result<std::vector<std::string>> names_in(const std::filesystem::path& folder) {
    struct Close {
        void operator()(DIR* open) const { ::closedir(open); }
    };
    const std::unique_ptr<DIR, Close> open(::opendir(folder.c_str()));
    const auto failed = [&folder](int number) {
        return Error{number == ENOENT ? ErrorKind::not_found : ErrorKind::internal,
                     folder.string() + ": " + std::strerror(number)};
    };
    if (!open) return failed(errno);
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(open.get());
        if (entry == nullptr && errno != 0) return failed(errno);
        if (entry == nullptr) break;
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    std::ranges::sort(names);
    return names;
}

Outcome write_file_durably(const std::filesystem::path& path, std::string_view content, unsigned mode) {
    const std::filesystem::path beside = path.string() + ".new";
    {
        const FileDescriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
        if (file.number() < 0) return system_error(beside, "create");
        while (!content.empty()) {
            const ssize_t put = ::write(file.number(), content.data(), content.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return system_error(beside, "write");
            content.remove_prefix(static_cast<std::size_t>(put));
        }
        if (::fsync(file.number()) != 0) return system_error(beside, "sync");
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return system_error(path, "replace");
    const std::filesystem::path folder_path = path.has_parent_path() ? path.parent_path() : ".";
    const FileDescriptor folder(::open(folder_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() < 0 || ::fsync(folder.number()) != 0) return system_error(folder_path, "sync");
    return done();
}

} // namespace vakant
