ll_test(test_cli_builders SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cli_builders.cpp LINKS ll_cli)
