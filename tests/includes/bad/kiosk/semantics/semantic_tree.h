// Clean.
#pragma once

#include <string>
