// Clean: the door to SQLite is the one place for its header.
#pragma once

#include <sqlite3.h>
#include <string>
#include <sys/stat.h>
