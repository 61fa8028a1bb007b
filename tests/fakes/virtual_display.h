// An X server without a screen, for one test. DISPLAY names it while this lives.
#pragma once

#include <cstdlib>
#include <string>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vakant {

class VirtualDisplay {
public:
    VirtualDisplay(int width, int height) {
        const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
        int ready[2] = {-1, -1};
        if (::pipe(ready) != 0) return;
        const std::string ready_end = std::to_string(ready[1]);
        server_ = ::fork();
        if (server_ == 0) {
            ::close(ready[0]);
            (void)!::freopen("/dev/null", "w", stderr);
            ::execlp("Xvfb", "Xvfb", "-displayfd", ready_end.c_str(), "-screen", "0", screen.c_str(),
                     "-noreset", "-nolisten", "tcp", static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(ready[1]);
        std::string number;
        char letter = 0;
        while (::read(ready[0], &letter, 1) == 1 && letter != '\n')
            number += letter; // ends also where Xvfb is absent
        ::close(ready[0]);
        if (!number.empty()) name_ = ":" + number;
        if (const char* before = std::getenv("DISPLAY")) before_ = before;
        if (!name_.empty()) ::setenv("DISPLAY", name_.c_str(), 1);
    }
    ~VirtualDisplay() {
        if (server_ <= 0) return;
        ::kill(server_, SIGTERM);
        ::waitpid(server_, nullptr, 0);
        if (before_.empty()) {
            ::unsetenv("DISPLAY");
        } else {
            ::setenv("DISPLAY", before_.c_str(), 1);
        }
    }
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;

    bool is_there() const { return !name_.empty(); }
    const std::string& name() const { return name_; }

private:
    pid_t server_ = -1;
    std::string name_;
    std::string before_;
};

} // namespace vakant
