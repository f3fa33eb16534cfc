ll_test(test_client_command SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_client_command.cpp LINKS ll_analysis)
