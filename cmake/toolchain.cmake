# Compiler settings that hold for every room of the house.
find_program(VAKANT_MOLD mold)
if(VAKANT_MOLD)
  add_link_options(-fuse-ld=mold) # links a sanitized test program in a fraction of ld's time
endif()
find_program(VAKANT_CCACHE ccache)
if(VAKANT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${VAKANT_CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside its own std::string and std::variant at -O2.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow)
endif()
add_compile_definitions($<$<CONFIG:Debug>:VAKANT_CHECK_RESULTS>)
add_link_options(-Wl,--as-needed)

if(VAKANT_SANITIZE)
  add_compile_options(-fsanitize=${VAKANT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VAKANT_SANITIZE})
endif()

find_package(Threads REQUIRED)
