# The doors' libraries, all from Debian. Each is linked by one room only; headers count as system headers.
find_package(PkgConfig REQUIRED)
function(vakant_library target)
  pkg_check_modules(${target} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(lib::${target} INTERFACE IMPORTED)
  target_include_directories(lib::${target} SYSTEM INTERFACE ${${target}_INCLUDE_DIRS})
  target_link_libraries(lib::${target} INTERFACE PkgConfig::${target})
endfunction()

vakant_library(sqlite sqlite3)
vakant_library(curl libcurl)
vakant_library(sodium libsodium)
vakant_library(zstd libzstd)
vakant_library(harfbuzz harfbuzz)
vakant_library(freetype freetype2)
vakant_library(icu icu-uc icu-i18n)
vakant_library(re2 re2)
vakant_library(pugixml pugixml)
vakant_library(gumbo gumbo)
vakant_library(qrencode libqrencode)
vakant_library(cairo cairo-ft cairo-pdf fontconfig)
pkg_check_modules(rsvg REQUIRED librsvg-2.0)  # loaded when a first SVG comes: only its headers are needed here
add_library(lib::rsvg INTERFACE IMPORTED)
target_include_directories(lib::rsvg SYSTEM INTERFACE ${rsvg_INCLUDE_DIRS})
target_link_libraries(lib::rsvg INTERFACE ${CMAKE_DL_LIBS})
vakant_library(glfw glfw3)
vakant_library(x11 x11 xext xrandr)
vakant_library(openssl openssl)
vakant_library(spdlog spdlog)
vakant_library(gl gl)
vakant_library(xkbcommon xkbcommon)
vakant_library(pq libpq)

add_library(lib::json INTERFACE IMPORTED)       # nlohmann-json3-dev: headers only
add_library(lib::cli INTERFACE IMPORTED)        # libcli11-dev: headers only
add_library(lib::toml INTERFACE IMPORTED)       # libtomlplusplus-dev: headers only
add_library(lib::catch INTERFACE IMPORTED)      # catch2: headers only
find_library(VAKANT_STEMMER stemmer REQUIRED)
add_library(lib::stemmer INTERFACE IMPORTED)
target_link_libraries(lib::stemmer INTERFACE ${VAKANT_STEMMER})
pkg_check_modules(imgui_pc REQUIRED imgui)
add_library(lib::imgui INTERFACE IMPORTED)
target_include_directories(lib::imgui SYSTEM INTERFACE /usr/include/imgui)
target_link_libraries(lib::imgui INTERFACE imgui stb ${CMAKE_DL_LIBS})
find_package(Boost 1.81 REQUIRED)
add_library(lib::boost INTERFACE IMPORTED)      # Beast and Asio: headers only
target_include_directories(lib::boost SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
