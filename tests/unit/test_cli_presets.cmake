ll_test(test_cli_presets SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cli_presets.cpp LINKS ll_cli)
