// The typing test: choosing its language and practising, the minute itself, the result. They share a Visit.
#pragma once

#include <deque>
#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

/// What the test is, in which language, a practice line that is not kept; or the offer to go on with a test
/// that a power cut broke off.
class SkillsIntroPage final : public Page {
public:
    explicit SkillsIntroPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::skills_intro; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    void view_interrupted(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    std::vector<Effect> start(const PageContext& in);
    Visit& visit_;
    std::size_t chosen_ = 0; ///< index into facts.tests
    std::u32string practised_;
    bool starting_ = false;
    std::optional<ErrorKind> problem_;
};

/// One minute. A key is shown when it is durable, not before.
class SkillsTypingPage final : public Page {
public:
    explicit SkillsTypingPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::skills_typing; }
    std::string_view first_focus() const override { return "passage"; }
    bool holds_answers() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;
    std::optional<std::int64_t> wake_at(const PageContext& in) const override;

private:
    bool is_over(const PageContext& in) const;
    std::vector<Effect> press(const intent::PressKeys& keys);
    std::vector<Effect> finish();
    Visit& visit_;
    std::u32string shown_;   ///< the durable part of what was typed
    std::size_t unkept_ = 0; ///< keys on their way to the disk
    bool ended_ = false;
    std::optional<ErrorKind> problem_;
};

/// Speed and accuracy, what they mean, and that the result went to the agency.
class SkillsResultPage final : public Page {
public:
    explicit SkillsResultPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::skills_result; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    std::vector<Effect> send(const PageContext& in);
    void view_keeping(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    enum class Keeping { not_yet, asked, kept, failed } keeping_ = Keeping::not_yet;
    ErrorKind problem_ = ErrorKind::internal;
    Visit& visit_;
};

} // namespace vakant
