// Forms and tests as text, made into what pages use. Inside kiosk/app.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "kiosk/app/workers.h"

namespace vakant {

/// `kind`: "form", "skill" or "config"; others are passed over. A test that is there already (by its id) is
/// not added twice.
Outcome add_document(report::DocumentsRead& to, std::string_view agency, std::string_view kind,
                     std::string_view body);

/// What the agencies sent (`cache` null: nothing yet), and what ships where they sent none.
report::DocumentsRead read_documents(CacheReader* cache, const std::filesystem::path& assets,
                                     const std::function<void(const Error&)>& log);

/// One of the shipped forms alone, by the name of its file: for the first frame, before the workers have read
/// all.
std::vector<FormFact> shipped_form(const std::filesystem::path& assets, const std::string& name);

} // namespace vakant
