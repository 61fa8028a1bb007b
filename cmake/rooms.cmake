# vakant_room(NAME [PUBLIC target...] [PRIVATE target...])
# A room is one folder and one static library, vakant_<name>, made of every .cpp in that folder.
# PUBLIC: rooms that its headers include. PRIVATE: rooms and libraries that only its .cpp files use.
function(vakant_room name)
  cmake_parse_arguments(ROOM "" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/(main|wiping_new)\\.cpp$")
  if(sources)
    add_library(vakant_${name} STATIC ${sources})
    target_include_directories(vakant_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(vakant_${name} PUBLIC ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
  else()
    add_library(vakant_${name} INTERFACE)
    target_include_directories(vakant_${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(vakant_${name} INTERFACE ${ROOM_PUBLIC} ${ROOM_PRIVATE})
  endif()
endfunction()

# vakant_program(NAME target...): the program whose main.cpp lies in this folder.
function(vakant_program name)
  add_executable(${name} main.cpp)
  target_link_libraries(${name} PRIVATE ${ARGN})
endfunction()
