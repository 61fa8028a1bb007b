#include "agency/cli/admin_socket.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "agency/cli/admin_actions.h"

namespace vakant {

namespace {

constexpr std::size_t longest_line = 64u << 20;
constexpr std::int64_t longest_attached = std::int64_t{8} << 30; // a feed; it waits on the disk
constexpr std::string_view socket_name = "admin.sock";

class File {
public:
    explicit File(int number = -1) : number_(number) {}
    File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    File& operator=(File&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

private:
    int number_;
};

/// The socket's address by way of the open folder, so that its length does not depend on where the folder is.
sockaddr_un address_in(const File& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path =
        "/proc/self/fd/" + std::to_string(folder.number()) + "/" + std::string(socket_name);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

bool send_all(int socket, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// A line without its end; none where the other side closed or it is too long.
std::optional<std::string> read_line(int socket, std::string& rest) {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = rest.find('\n', searched);
        if (end != std::string::npos) {
            std::string line = rest.substr(0, end);
            rest.erase(0, end + 1);
            return line;
        }
        searched = rest.size();
        if (searched > longest_line) return std::nullopt;
        char room[65536];
        const ssize_t length = ::recv(socket, room, sizeof room, 0);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return std::nullopt;
        rest.append(room, static_cast<std::size_t>(length));
    }
}

/// The bytes that follow a request's line, `length` of them.
Result<SpooledText> read_attached(int socket, std::string& rest, std::int64_t length,
                                  const std::filesystem::path& folder) {
    if (length < 0 || length > longest_attached) return invalid_input("attached: too long");
    VAKANT_TRY(spool, SpooledText::make(folder));
    auto missing = static_cast<std::size_t>(length);
    while (missing > 0) {
        if (rest.empty()) {
            char room[65536];
            const ssize_t got = ::recv(socket, room, sizeof room, 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return Error{ErrorKind::offline, "attached: cut off"};
            rest.assign(room, static_cast<std::size_t>(got));
        }
        const std::size_t taken = std::min(missing, rest.size());
        VAKANT_CHECK(spool.append(std::string_view(rest).substr(0, taken)));
        rest.erase(0, taken);
        missing -= taken;
    }
    return spool;
}

Result<Json> run_request(Services& services, const std::string& line, int socket, std::string& rest) {
    VAKANT_TRY(request, parse_json(line));
    const Json& length = request["attached"];
    if (!length.is_integer())
        return run_admin_action(services, request["action"].text(), request["arguments"]);
    VAKANT_TRY(attached, read_attached(socket, rest, length.integer_or(-1), services.data));
    return run_admin_action(services, request["action"].text(), request["arguments"], &attached);
}

Json answer_to(const Result<Json>& value) {
    if (value.ok()) return Json::object({{"ok", true}, {"value", *value}});
    return Json::object(
        {{"ok", false}, {"error", name_of(value.error().kind)}, {"detail", value.error().detail}});
}

ErrorKind kind_named(std::string_view name) {
    for (const ErrorKind kind :
         {ErrorKind::invalid_input, ErrorKind::not_found, ErrorKind::refused, ErrorKind::conflict,
          ErrorKind::offline, ErrorKind::disk_full, ErrorKind::damaged, ErrorKind::not_authentic,
          ErrorKind::unavailable, ErrorKind::unsupported})
        if (name_of(kind) == name) return kind;
    return ErrorKind::internal;
}

Error system_error(const std::filesystem::path& path) {
    return refused(path.string() + ": " + std::strerror(errno));
}

} // namespace

struct AdminSocket::Inside {
    Services* services = nullptr;
    std::filesystem::path path;
    File folder, listener, wake_read, wake_write;
    std::thread accepting;
    std::mutex mutex;
    struct Conversation {
        File socket;
        std::thread thread;
        bool over = false;
    };
    std::list<Conversation> conversations; ///< guarded by mutex

    void accept_all();
    void converse(Conversation& conversation);
    void join_finished(bool all);
};

void AdminSocket::Inside::converse(Conversation& conversation) {
    std::string rest;
    const int socket = conversation.socket.number();
    while (auto line = read_line(socket, rest)) {
        const Json answer = answer_to(run_request(*services, *line, socket, rest));
        if (!send_all(socket, answer.to_text() + "\n")) break;
    }
    const std::lock_guard lock(mutex);
    conversation.over = true;
}

void AdminSocket::Inside::join_finished(bool all) {
    std::list<Conversation> finished;
    {
        const std::lock_guard lock(mutex);
        for (auto at = conversations.begin(); at != conversations.end();) {
            const auto next = std::next(at);
            if (all) ::shutdown(at->socket.number(), SHUT_RD); // what is being answered is still answered
            if (at->over) finished.splice(finished.end(), conversations, at);
            at = next;
        }
    }
    for (Conversation& conversation : finished)
        conversation.thread.join();
    if (!all) return;
    for (Conversation& conversation : conversations)
        conversation.thread.join();
    conversations.clear();
}

void AdminSocket::Inside::accept_all() {
    for (;;) {
        pollfd waiting[2] = {{listener.number(), POLLIN, 0}, {wake_read.number(), POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return;
        if (waiting[1].revents != 0) return;
        File socket(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!socket.open()) continue;
        join_finished(false);
        const std::lock_guard lock(mutex);
        Conversation& conversation = conversations.emplace_back();
        conversation.socket = std::move(socket);
        conversation.thread = std::thread([this, &conversation] { converse(conversation); });
    }
}

AdminSocket::AdminSocket(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Result<std::unique_ptr<AdminSocket>> AdminSocket::start(Services& services) {
    auto inside = std::make_unique<Inside>();
    inside->services = &services;
    inside->path = services.data / socket_name;
    inside->folder = File(::open(services.data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!inside->folder.open()) return system_error(services.data);
    ::unlink(inside->path.c_str()); // left by a process that was killed: the lock is ours
    inside->listener = File(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_un address = address_in(inside->folder);
    int ends[2] = {-1, -1};
    if (!inside->listener.open() ||
        ::bind(inside->listener.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::chmod(inside->path.c_str(), 0600) != 0 || ::listen(inside->listener.number(), 16) != 0 ||
        ::pipe2(ends, O_CLOEXEC) != 0)
        return system_error(inside->path);
    inside->wake_read = File(ends[0]);
    inside->wake_write = File(ends[1]);
    inside->accepting = std::thread([within = inside.get()] { within->accept_all(); });
    return std::unique_ptr<AdminSocket>(new AdminSocket(std::move(inside)));
}

AdminSocket::~AdminSocket() {
    (void)!::write(inside_->wake_write.number(), "x", 1);
    inside_->accepting.join();
    ::unlink(inside_->path.c_str());
    inside_->join_finished(true);
}

Result<std::optional<Json>> ask_running_serve(const std::filesystem::path& data, std::string_view action,
                                              const Json& arguments, SpooledText* attached) {
    const File folder(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder.open()) return std::optional<Json>();
    const File socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_un address = address_in(folder);
    if (!socket.open() ||
        ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return std::optional<Json>();
    Json request = Json::object({{"action", action}, {"arguments", arguments}});
    std::string_view text;
    if (attached) {
        VAKANT_TRY(whole, attached->text());
        text = whole;
        request.set("attached", text.size());
    }
    std::string rest;
    std::optional<std::string> line;
    if (send_all(socket.number(), request.to_text() + "\n") && send_all(socket.number(), text))
        line = read_line(socket.number(), rest);
    if (!line)
        return Error{ErrorKind::unavailable,
                     (data / socket_name).string() + ": serve ended before it answered"};
    VAKANT_TRY(answer, parse_json(*line));
    if (answer["ok"].bool_or(false)) return std::optional<Json>(answer["value"]);
    return Error{kind_named(answer["error"].text()), std::string(answer["detail"].text())};
}

Result<DataLock> DataLock::take(const std::filesystem::path& data) {
    std::error_code failed;
    const bool is_new = std::filesystem::create_directories(data, failed);
    if (failed) return refused(data.string() + ": " + failed.message());
    if (is_new) std::filesystem::permissions(data, std::filesystem::perms::owner_all, failed);
    const auto path = data / "lock";
    File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.open()) return system_error(path);
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorKind::unavailable,
                     path.string() + ": another vakant-agency works in this data directory"};
    return DataLock(::fcntl(file.number(), F_DUPFD_CLOEXEC, 0));
}

DataLock::DataLock(DataLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

DataLock::~DataLock() {
    if (file_ >= 0) ::close(file_);
}

} // namespace vakant
