// An agency's logo in the size that the header has room for. Used by App.
#pragma once

#include <memory>

#include "core/brand/brand.h"
#include "kiosk/ui/ui.h"

namespace vakant {

/// None where there is no logo or where it cannot be read: the name stands there then.
std::shared_ptr<const Picture> logo_picture(const Logo& logo, float mm_per_px);

} // namespace vakant
