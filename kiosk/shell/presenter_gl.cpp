// Frames drawn by OpenGL. GLFW and ImGui's back end load the library by themselves: nothing here links to it,
// so that the CPU renderer never pays for a driver.
#include <map>
#include <vector>

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <GL/gl.h>
#include <GL/glext.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "kiosk/shell/presenter.h"
#include "kiosk/ui/texture.h"

namespace vakant {
namespace {

/// The few functions that ImGui's back end does not call for us.
struct GlFunctions {
    decltype(&glGenTextures) gen_textures = nullptr;
    decltype(&glDeleteTextures) delete_textures = nullptr;
    decltype(&glBindTexture) bind_texture = nullptr;
    decltype(&glTexImage2D) tex_image = nullptr;
    decltype(&glTexParameteri) tex_parameter = nullptr;
    decltype(&glTexParameteriv) tex_parameters = nullptr;
    decltype(&glPixelStorei) pixel_store = nullptr;
    decltype(&glViewport) viewport = nullptr;
    decltype(&glClearColor) clear_colour = nullptr;
    decltype(&glClear) clear = nullptr;
    decltype(&glDisable) disable = nullptr;

    bool load() {
        return find(gen_textures, "glGenTextures") && find(delete_textures, "glDeleteTextures") &&
               find(bind_texture, "glBindTexture") && find(tex_image, "glTexImage2D") &&
               find(tex_parameter, "glTexParameteri") && find(tex_parameters, "glTexParameteriv") &&
               find(pixel_store, "glPixelStorei") && find(viewport, "glViewport") &&
               find(clear_colour, "glClearColor") && find(clear, "glClear") && find(disable, "glDisable");
    }

private:
    template <typename Function>
    static bool find(Function& function, const char* name) {
        function = reinterpret_cast<Function>(glfwGetProcAddress(name));
        return function != nullptr;
    }
};

class GlPresenter final : public Presenter {
public:
    explicit GlPresenter(GLFWwindow* window) : window_(window) {}
    ~GlPresenter() override;
    GlPresenter(const GlPresenter&) = delete;
    GlPresenter& operator=(const GlPresenter&) = delete;

    Outcome start();
    Outcome resize(int width, int height) override {
        width_ = width;
        height_ = height;
        return done();
    }
    void show(const DrawFrame& frame) override;
    void show_again() override {
        const InOwnContext own(context_);
        render();
        glfwSwapBuffers(window_);
    }
    FrameCost last_cost() const override { return cost_; }
    void finish() override {} // the swap has waited

private:
    struct Uploaded {
        GLuint name = 0;
        std::uint64_t epoch = 0;
        std::uint64_t additions = 0;
        int width = 0;
        int height = 0;
        std::uint64_t last_used = 0;
    };
    /// ImGui's back end keeps its state in the current context: ours is not that of the widgets.
    class InOwnContext {
    public:
        explicit InOwnContext(ImGuiContext* own) : before_(ImGui::GetCurrentContext()) {
            ImGui::SetCurrentContext(own);
        }
        ~InOwnContext() { ImGui::SetCurrentContext(before_); }
        InOwnContext(const InOwnContext&) = delete;
        InOwnContext& operator=(const InOwnContext&) = delete;

    private:
        ImGuiContext* before_;
    };
    void keep(const DrawFrame& frame);
    void drop_kept();
    void render();
    GLuint name_of(const Texture& texture);
    void upload(const Texture& texture);
    void drop_unused();

    GLFWwindow* window_;
    ImGuiContext* context_ = nullptr;
    bool started_ = false;
    GlFunctions gl_;
    std::map<const Texture*, Uploaded> textures_;
    std::vector<ImDrawList*> kept_; ///< copies of the last frame, whose textures are OpenGL's names
    std::uint64_t frame_ = 0;
    int width_ = 0;
    int height_ = 0;
    FrameCost cost_;
};

Outcome GlPresenter::start() {
    if (!gl_.load()) return Error{ErrorKind::unsupported, "OpenGL 3.3 functions are missing"};
    ImGuiContext* before = ImGui::GetCurrentContext();
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    started_ = ImGui_ImplOpenGL3_Init("#version 330");
    ImGui::SetCurrentContext(before);
    if (!started_) return Error{ErrorKind::unsupported, "OpenGL 3.3 shaders are missing"};
    return done();
}

GlPresenter::~GlPresenter() {
    for (const auto& [texture, uploaded] : textures_)
        gl_.delete_textures(1, &uploaded.name);
    if (context_ == nullptr) return;
    {
        const InOwnContext own(context_);
        drop_kept();
        if (started_) ImGui_ImplOpenGL3_Shutdown();
    }
    ImGui::DestroyContext(context_);
}

GLuint GlPresenter::name_of(const Texture& texture) {
    Uploaded& uploaded = textures_[&texture];
    uploaded.last_used = frame_;
    const bool is_new = uploaded.name == 0;
    if (is_new) gl_.gen_textures(1, &uploaded.name);
    const bool same = uploaded.epoch == texture.epoch && uploaded.additions == texture.additions &&
                      uploaded.width == texture.width && uploaded.height == texture.height;
    if (is_new || !same) {
        uploaded.epoch = texture.epoch;
        uploaded.additions = texture.additions;
        uploaded.width = texture.width;
        uploaded.height = texture.height;
        gl_.bind_texture(GL_TEXTURE_2D, uploaded.name);
        upload(texture);
    }
    return uploaded.name;
}

void GlPresenter::upload(const Texture& texture) {
    gl_.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    gl_.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    gl_.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    gl_.tex_parameter(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    gl_.pixel_store(GL_UNPACK_ALIGNMENT, 1);
    if (texture.format == Texture::Format::alpha8) {
        const GLint white_with_alpha[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
        gl_.tex_parameters(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, white_with_alpha);
        gl_.tex_image(GL_TEXTURE_2D, 0, GL_R8, texture.width, texture.height, 0, GL_RED, GL_UNSIGNED_BYTE,
                      texture.pixels);
    } else {
        gl_.tex_image(GL_TEXTURE_2D, 0, GL_RGBA8, texture.width, texture.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                      texture.pixels);
    }
}

void GlPresenter::drop_unused() {
    constexpr std::uint64_t long_ago = 600;
    std::erase_if(textures_, [&](const auto& entry) {
        const bool unused = entry.second.last_used + long_ago < frame_;
        if (unused) gl_.delete_textures(1, &entry.second.name);
        return unused;
    });
}

void GlPresenter::drop_kept() {
    for (ImDrawList* list : kept_)
        IM_DELETE(list);
    kept_.clear();
}

void GlPresenter::keep(const DrawFrame& frame) {
    drop_kept();
    for (const ImDrawList* list : frame.lists) {
        kept_.push_back(list->CloneOutput());
        for (ImDrawCmd& command : kept_.back()->CmdBuffer) {
            if (command.TextureId == nullptr) continue;
            const GLuint name = name_of(*static_cast<const Texture*>(command.TextureId));
            command.TextureId = reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));
        }
    }
}

void GlPresenter::render() {
    ImGui_ImplOpenGL3_NewFrame();
    ImDrawData data;
    data.Valid = true;
    data.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
    data.FramebufferScale = {1, 1};
    for (const ImDrawList* list : kept_) {
        data.TotalVtxCount += list->VtxBuffer.Size;
        data.TotalIdxCount += list->IdxBuffer.Size;
    }
    data.CmdLists = kept_.data();
    data.CmdListsCount = static_cast<int>(kept_.size());
    gl_.viewport(0, 0, width_, height_);
    gl_.disable(GL_SCISSOR_TEST);
    gl_.clear_colour(0, 0, 0, 1);
    gl_.clear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(&data);
}

void GlPresenter::show(const DrawFrame& frame) {
    const double before = thread_cpu_ms();
    {
        const InOwnContext own(context_);
        ++frame_;
        keep(frame);
        render();
    }
    const double drawn = thread_cpu_ms();
    glfwSwapBuffers(window_);
    drop_unused();
    cost_ = {drawn - before, thread_cpu_ms() - drawn};
}

} // namespace

Result<std::unique_ptr<Presenter>> present_by_opengl(GLFWwindow* window, int width, int height) {
    glfwMakeContextCurrent(window);
    glfwSwapInterval(1);
    auto presenter = std::make_unique<GlPresenter>(window);
    VAKANT_CHECK(presenter->start());
    VAKANT_CHECK(presenter->resize(width, height));
    return std::unique_ptr<Presenter>(std::move(presenter));
}

} // namespace vakant
