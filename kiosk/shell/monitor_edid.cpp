// What a monitor says of itself, as the X server passes it on.
#include <vector>

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/extensions/Xrandr.h>

#define GLFW_INCLUDE_NONE
#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>

#include "kiosk/shell/presenter.h"

namespace vakant {

std::vector<std::uint8_t> monitor_edid(int monitor) {
    int count = 0;
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    Display* display = glfwGetX11Display();
    if (monitor < 0 || monitor >= count || display == nullptr) return {};
    const RROutput output = glfwGetX11Monitor(monitors[monitor]);
    const Atom name = XInternAtom(display, "EDID", True);
    if (output == None || name == None) return {};
    Atom type = None;
    int format = 0;
    unsigned long items = 0, left = 0;
    unsigned char* bytes = nullptr;
    const int failed = XRRGetOutputProperty(display, output, name, 0, 256, False, False, AnyPropertyType,
                                            &type, &format, &items, &left, &bytes);
    std::vector<std::uint8_t> edid;
    if (failed == Success && format == 8 && bytes != nullptr) edid.assign(bytes, bytes + items);
    if (bytes != nullptr) XFree(bytes);
    return edid;
}

} // namespace vakant
