// One process beside the kiosk: started with files for its input and output, killed when it is no longer
// wanted. Inside kiosk/speech.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

namespace vakant {

/// A file descriptor that closes itself.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_ = -1;
};

struct DescriptorPair {
    Descriptor first, second;
};
DescriptorPair make_pipe();   ///< read end, write end
DescriptorPair make_socket(); ///< both ends alike

class Child {
public:
    Child() = default;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { kill(); }

    /// `input` and `output` -1: nothing. `held` stays open in the child alone for as long as it lives, so
    /// that whoever reads its other end hears of the end. False: there is no such program.
    bool start(std::vector<std::string> command, int input, int output, int held);
    void kill();
    /// Waits for its end. False: it died or failed.
    bool wait();
    bool runs() const { return pid_ > 0; }

private:
    pid_t pid_ = -1;
};

} // namespace vakant
