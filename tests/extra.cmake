# Cases beside the test programs: the house rules, and whole programs.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(include_check ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/check_includes.py)

add_test(NAME includes COMMAND ${include_check})
# The control: the check must find every planted fault, by file and line, and nothing else.
add_test(NAME includes_rejects_a_bad_tree COMMAND ${include_check}
  --root ${CMAKE_CURRENT_SOURCE_DIR}/includes/bad --expect ${CMAKE_CURRENT_SOURCE_DIR}/includes/expected.txt)
