// Planted: a page that opens a store, keeps state between frames and speaks one language.
#include "core/sql/sql.h"
#include "missing.h"

int frames() {
    static const int step = 1;
    static int drawn = 0;
    return drawn += step;
}

const char* greeting() {
    return "Welcome to the agency";
}
