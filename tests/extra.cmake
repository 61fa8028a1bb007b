# Cases beside the test programs: the house rules, and whole programs.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(include_check ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/check_includes.py)

add_test(NAME includes COMMAND ${include_check})
# The control: the check must find every planted fault, by file and line, and nothing else.
add_test(NAME includes_rejects_a_bad_tree COMMAND ${include_check}
  --root ${CMAKE_CURRENT_SOURCE_DIR}/includes/bad --expect ${CMAKE_CURRENT_SOURCE_DIR}/includes/expected.txt)

# Every text that people see: missing, unused, too long, wrongly written. Its control is in core/strings_cli_test.
add_test(NAME strings COMMAND vakant strings check ${PROJECT_SOURCE_DIR}/assets/strings)

# Each line of the threat table is held by tests that are there; and the control.
set(threat_table ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/documents/threat_table.py)
add_test(NAME threat_table COMMAND ${threat_table})
add_test(NAME threat_table_finds_what_is_missing COMMAND ${threat_table} --control)

# What README.md says of the runs is what they left; and the control.
set(quoted_figures ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/documents/quoted_figures.py)
add_test(NAME quoted_figures COMMAND ${quoted_figures})
add_test(NAME quoted_figures_finds_what_is_not_so COMMAND ${quoted_figures} --control)

# The form engine against ajv; how many documents a form: VAKANT_FORM_DOCUMENTS (500).
add_test(NAME forms_against_ajv COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/differential/compare.py
  --vakant ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/vakant --build ${PROJECT_SOURCE_DIR}/build/differential)
set_tests_properties(forms_against_ajv PROPERTIES SKIP_RETURN_CODE 77)

# Whole programs, through the real window on a display of their own.
function(vakant_flow label script)
  foreach(case ${ARGN})
    add_test(NAME flow_${case}
      COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/flows/${script}.py ${case})
    set_tests_properties(flow_${case} PROPERTIES LABELS "${label}"
      ENVIRONMENT "VAKANT_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  endforeach()
endfunction()
# The units of docs/systemd, read by systemd, and their commands; and the control.
set(units ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/documents/systemd_units.py
  --programs ${CMAKE_RUNTIME_OUTPUT_DIRECTORY})
add_test(NAME flow_systemd_units COMMAND ${units})
add_test(NAME flow_systemd_units_that_are_spoilt_are_seen COMMAND ${units} --control)
set_tests_properties(flow_systemd_units flow_systemd_units_that_are_spoilt_are_seen PROPERTIES LABELS flow)
vakant_flow(flow main_job_test by_touch on_real_ads by_keypad language_switched in_arabic)
vakant_flow(flow registration_test taken_back_at_a_stand ukrainian_by_touch finnish_by_keypad arabic_at_largest_text
  only_a_telephone)
vakant_flow("flow;fault" cache_test damaged_while_off not_a_database empty_without_a_network)
vakant_flow(flow canary_test nowhere_in_clear captive_portal_delivers_nothing)
vakant_flow(flow by_ear_test finnish_with_the_screen_off)
vakant_flow(flow visitors_test largest_text_in_portrait slow_and_trembling in_a_hurry_with_a_crash gone_without_a_word
  gone_after_sending)
vakant_flow("flow;fault" kills_test random_kills)
vakant_flow("flow;fault" hostile_test hostile_clients a_server_that_keeps_all_is_found_out)
set_tests_properties(flow_hostile_clients PROPERTIES RUN_SERIAL TRUE) # it measures how soon others are answered

add_test(NAME flow_random_kills_on_postgres COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/agency/with_postgres.py ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/flows/kills_test.py random_kills_on_postgres)
set_tests_properties(flow_random_kills_on_postgres PROPERTIES LABELS "flow;fault" SKIP_RETURN_CODE 77
  ENVIRONMENT "VAKANT_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};VAKANT_POSTGRES_FSYNC=on")

add_test(NAME flow_dump_is_put_back COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/agency/with_postgres.py ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/flows/put_back_test.py)
set_tests_properties(flow_dump_is_put_back PROPERTIES LABELS "flow" SKIP_RETURN_CODE 77
  ENVIRONMENT "VAKANT_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")

# The agency's tests once more, on a PostgreSQL cluster of their own.
add_test(NAME agency_on_postgres COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/agency/with_postgres.py
  $<TARGET_FILE:test_agency> "~[sqlite]~[.]")
set_tests_properties(agency_on_postgres PROPERTIES SKIP_RETURN_CODE 77)

# Readers of strangers' bytes, a few seconds each over mangled files: for the sanitizers' builds.
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*.cpp)
add_executable(fuzz_readers ${fuzz_sources})
target_link_libraries(fuzz_readers PRIVATE vakant_test_places vakant_sync vakant_envelope vakant_profile vakant_registration vakant_skills vakant_vacancies
  vakant_xml vakant_json vakant_crypto)
foreach(reader json form logic pattern answers envelope messages config
    enrolment problem html xml own csv jobtech nav tmt jobposting eures
    occupations)
  add_test(NAME fuzz_${reader} COMMAND fuzz_readers ${reader})
  set_tests_properties(fuzz_${reader} PROPERTIES LABELS fuzz)
endforeach()
if(CMAKE_CXX_FLAGS_DEBUG MATCHES "trace-pc")
  add_test(NAME fuzz_finds_what_takes_four_steps COMMAND fuzz_readers control --seconds 300)
  set_tests_properties(fuzz_finds_what_takes_four_steps PROPERTIES LABELS fuzz ENVIRONMENT "VAKANT_FUZZ_KEEP="
    PASS_REGULAR_EXPRESSION "let out: found")
endif()

# What power cuts, failing calls and bad networks do: on the release build, short unless VAKANT_... counts say more.
file(GLOB fault_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/faults/*.cpp)
add_executable(test_faults ${fault_sources})
target_link_libraries(test_faults PRIVATE vakant_test_main vakant_sync vakant_agency_api vakant_http vakant_sql vakant_json vakant_crypto
  lib::sqlite lib::pq ${CMAKE_DL_LIBS})
target_precompile_headers(test_faults PRIVATE <catch2/catch.hpp>)
add_test(NAME faults COMMAND test_faults)
set_tests_properties(faults PROPERTIES LABELS fault)

# The longest first: on two cores the others fill the time beside them.
set_tests_properties(contract agency agency_on_postgres kiosk PROPERTIES COST 1000)
set_tests_properties(flow_random_kills flow_random_kills_on_postgres PROPERTIES COST 1000)
