#include "kiosk/print/printer.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace vakant {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    void take(int number) {
        close();
        number_ = number;
    }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

struct Said {
    int exit_code = -1;
    std::string text; ///< the start of its standard output
};

Error no_printer(std::string_view why) {
    return {ErrorKind::unavailable, "printer: " + std::string(why)};
}

int milliseconds_until(SteadyTime deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

/// One child with its input and output in our hands. It is never left behind.
class Child {
public:
    ~Child() {
        if (id_ <= 0) return;
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }

    Outcome start(const std::vector<std::string>& words) {
        std::array<int, 2> in{}, out{};
        if (::pipe2(in.data(), O_CLOEXEC) != 0) return no_printer("no pipe");
        Descriptor child_in(in[0]);
        input_.take(in[1]);
        if (::pipe2(out.data(), O_CLOEXEC) != 0) return no_printer("no pipe");
        Descriptor child_out(out[1]);
        output_.take(out[0]);
        ::fcntl(input_.number(), F_SETFL, O_NONBLOCK);
        std::vector<char*> arguments;
        for (const std::string& word : words)
            arguments.push_back(const_cast<char*>(word.c_str())); // posix_spawn does not write to them
        arguments.push_back(nullptr);
        std::string language = "LC_ALL=C", path = "PATH=/usr/bin:/bin";
        std::array<char*, 3> environment{language.data(), path.data(), nullptr};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, child_in.number(), STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, child_out.number(), STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        const int problem =
            ::posix_spawnp(&id_, arguments[0], &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        if (problem != 0) {
            id_ = -1;
            return no_printer(words[0] + ": " + std::strerror(problem));
        }
        return done();
    }

    /// Writes `given`, reads what is said, waits for the end; all before `deadline`.
    Result<Said> run(ByteView given, SteadyTime deadline) {
        Said said;
        bool open = true;
        while (open) {
            if (given.empty()) input_.close();
            std::array<pollfd, 2> ports{pollfd{output_.number(), POLLIN, 0},
                                        pollfd{given.empty() ? -1 : input_.number(), POLLOUT, 0}};
            const int ready = ::poll(ports.data(), ports.size(), milliseconds_until(deadline));
            if (ready == 0) return no_printer("no answer in time");
            if (ready < 0 && errno != EINTR) return no_printer(std::strerror(errno));
            if ((ports[1].revents & (POLLOUT | POLLERR)) != 0) given = written(given);
            if ((ports[0].revents & (POLLIN | POLLHUP)) != 0) open = read_more(said.text);
        }
        return ended(std::move(said), deadline);
    }

private:
    /// What is left. A command that does not want more shows in its exit code, not here.
    ByteView written(ByteView given) {
        const ssize_t count = ::write(input_.number(), given.data(), given.size());
        if (count >= 0) return given.subspan(static_cast<std::size_t>(count));
        return errno == EAGAIN || errno == EINTR ? given : ByteView();
    }
    bool read_more(std::string& to) {
        constexpr std::size_t most = 4096;
        std::array<char, 1024> buffer{};
        const ssize_t count = ::read(output_.number(), buffer.data(), buffer.size());
        if (count > 0 && to.size() < most) to.append(buffer.data(), static_cast<std::size_t>(count));
        return count > 0 || (count < 0 && errno == EINTR);
    }
    Result<Said> ended(Said said, SteadyTime deadline) {
        int status = 0;
        for (;;) {
            const pid_t who = ::waitpid(id_, &status, WNOHANG);
            if (who == id_) break;
            if (who < 0 || milliseconds_until(deadline) == 0) return no_printer("no answer in time");
            ::poll(nullptr, 0, 5);
        }
        id_ = -1;
        said.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return said;
    }

    pid_t id_ = -1;
    Descriptor input_, output_;
};

Result<Said> run(const std::vector<std::string>& words, ByteView given, SteadyTime deadline) {
    Child child;
    VAKANT_CHECK(child.start(words));
    return child.run(given, deadline);
}

} // namespace

Outcome print_pdf(const PrinterSettings& printer, ByteView pdf) {
    if (!printer.is_there()) return no_printer("none is set");
    const SteadyTime deadline = std::chrono::steady_clock::now() + std::chrono::seconds(printer.seconds);
    // A stopped queue takes jobs and keeps them: the person would wait for nothing.
    VAKANT_TRY(state, run({printer.state_command, "-p", printer.queue}, {}, deadline));
    if (state.exit_code != 0) return no_printer("no queue of that name");
    if (state.text.find(" disabled") != std::string::npos) return no_printer("its queue is stopped");
    VAKANT_TRY(said,
               run({printer.print_command, "-s", "-d", printer.queue, "-t", "slip", "-"}, pdf, deadline));
    if (said.exit_code != 0) return no_printer("the job was not taken");
    return done();
}

} // namespace vakant
