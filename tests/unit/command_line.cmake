ll_test(test_command_line SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_command_line.cpp LINKS ll_cli)
