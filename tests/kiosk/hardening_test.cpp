// What a crash and other processes can get out of the kiosk, in children of their own.
#include "kiosk/shell/hardening.h"

#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <string>

#include "core/base/secret_arena.h"

using namespace vakant;

namespace {

constexpr std::string_view typed = "Kanarialintu-7261 with a tail that is too long for the short string";

/// Whether the child that does this ends with 0.
template <typename Work>
bool in_a_child(Work work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work() ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool leaves_no_core() {
    rlimit limit{1, 1};
    return ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
}

/// What stands at that address of a child that is stopped.
std::string memory_of(pid_t child, const char* place) {
    std::string bytes(typed.size(), '?');
    const iovec here{bytes.data(), bytes.size()};
    const iovec there{const_cast<char*>(place), bytes.size()};
    return ::process_vm_readv(child, &here, 1, &there, 1, 0) == static_cast<ssize_t>(bytes.size()) ? bytes
                                                                                                   : "unread";
}

} // namespace

TEST_CASE(
    "a kiosk that forbids dumps leaves no core file and shows its memory to no other process of its user") {
    CHECK(in_a_child([] { return ::prctl(PR_GET_DUMPABLE) == 1; })); // what it would be
    CHECK(in_a_child([] {
        forbid_dumps(true);
        return leaves_no_core() && ::prctl(PR_GET_DUMPABLE) == 0;
    }));
    CHECK(in_a_child([] {
        forbid_dumps(false); // tests look at its memory
        return leaves_no_core() && ::prctl(PR_GET_DUMPABLE) == 1;
    }));
}

TEST_CASE("a crash overwrites what was typed before the program dies of it") {
    for (const int crash : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
        INFO("signal " << crash);
        SecretArena arena(4096);
        const SecretString text(typed, &arena);
        const pid_t child = ::fork();
        if (child == 0) {
            ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            wipe_on_crash();
            ::raise(crash);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSTOPPED(status));
        REQUIRE(WSTOPSIG(status) == crash);
        CHECK(memory_of(child, text.data()) == typed); // nobody has handled it yet
        ::ptrace(PTRACE_CONT, child, nullptr, crash);
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSTOPPED(status)); // the handler raises it again
        CHECK(WSTOPSIG(status) == crash);
        CHECK(memory_of(child, text.data()) == std::string(typed.size(), '\0'));
        ::ptrace(PTRACE_CONT, child, nullptr, crash);
        ::waitpid(child, &status, 0);
        CHECK(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == crash);
    }
}
