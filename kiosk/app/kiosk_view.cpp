#include "kiosk/app/kiosk_view.h"

namespace vakant {

KioskView::KioskView(std::unique_ptr<TextEngine> text, KioskViewParts parts)
    : text_(std::move(text)), parts_(std::move(parts)) {}

KioskView::~KioskView() = default;

Result<std::unique_ptr<KioskView>> KioskView::open(AppSettings settings, KioskViewParts parts) {
    VAKANT_TRY(text, TextEngine::open(FontFiles::installed()));
    std::unique_ptr<KioskView> view(new KioskView(std::move(text), std::move(parts)));
    KioskViewParts& own = view->parts_;
    VAKANT_TRY(app, App::open(std::move(settings), {own.clock, own.random, *view->text_, own.voice}));
    view->app_ = std::move(app);
    return view;
}

Outcome KioskView::start(WorkerSettings settings) {
    std::error_code problem;
    std::filesystem::create_directories(settings.data, problem);
    if (problem) return refused("data folder " + settings.data.string() + ": " + problem.message());
    // Keys and sealed envelopes lie in it: nobody else's business.
    std::filesystem::permissions(settings.data, std::filesystem::perms::owner_all, problem);
    if (problem) return refused("data folder " + settings.data.string() + ": " + problem.message());
    workers_ = start_workers(std::move(settings),
                             {parts_.clock, parts_.random, parts_.make_http, parts_.wake, parts_.log});
    app_->attach(*workers_);
    return done();
}

} // namespace vakant
