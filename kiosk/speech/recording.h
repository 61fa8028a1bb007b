// Texts that an agency has recorded: WAV files of 16-bit samples. Inside kiosk/speech.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace vakant {

/// The file as it is to be played at that volume (percent, loud samples are cut off at what 16 bits hold).
/// Refused where it is no such file or longer than 16 MiB (six minutes).
Result<std::string> recording_at_volume(const std::filesystem::path& file, int percent);

} // namespace vakant
