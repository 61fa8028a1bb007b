// The whole kiosk inside another program: give it events and a size, draw the frame it returns, wake when it
// asks. No window, no globals; several may live side by side, each with its own data folder. vakant-kiosk
// itself is one of these in a window.
#pragma once

#include <memory>

#include "kiosk/app/app.h"

namespace vakant {

struct KioskViewParts {
    Clock& clock;
    Random& random; ///< any thread
    SpeechVoice& voice;
    std::function<std::unique_ptr<HttpClient>()> make_http; ///< called on the network's thread
    std::function<void()> wake;                             ///< any thread: a frame is due
    std::function<void(std::string_view)> log;              ///< any thread
};

class KioskView {
public:
    /// Ready for its first frame; nothing is read but strings and fonts.
    static Result<std::unique_ptr<KioskView>> open(AppSettings settings, KioskViewParts parts);
    ~KioskView();
    KioskView(const KioskView&) = delete;
    KioskView& operator=(const KioskView&) = delete;

    /// After the first frame: opens the stores and starts the threads. The data folder is made where it is
    /// missing.
    Outcome start(WorkerSettings settings);
    App& app() { return *app_; }

private:
    KioskView(std::unique_ptr<TextEngine> text, KioskViewParts parts);
    std::unique_ptr<TextEngine> text_;
    KioskViewParts parts_;
    std::unique_ptr<App> app_;
    std::unique_ptr<Workers> workers_;
};

} // namespace vakant
