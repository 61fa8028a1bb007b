// ICU's parsed form of a message. Only core/text includes this.
#pragma once

#include <string>
#include <string_view>

#include <unicode/messagepattern.h>

#include "core/base/result.h"

namespace vakant {

/// Refused: what ICU cannot read, and types of placeholders other than number and the choices.
Result<icu::MessagePattern> parsed_message(std::string_view pattern);

std::string utf8_of(const icu::UnicodeString& text);

} // namespace vakant
