// What an answer must be, as schemas: the file's part of "data" and what the widget asks for by itself. Only
// for this folder.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/registration/form.h"
#include "core/registration/schema.h"

namespace vakant {

struct FormSchemas {
    struct Answer {
        Schema kind; ///< of the widget
        Schema own;  ///< of the file
    };
    std::map<std::string, Answer, std::less<>> answers; ///< by field; groups have none
    Schema whole; ///< what ties several fields together: data without its properties
};

/// The schema of the widget: its type, length, choices, spelling.
Json kind_schema(const FormField& field);

} // namespace vakant
