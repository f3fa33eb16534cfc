ll_test(test_open_in_background SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_open_in_background.cpp LINKS ll_cli)
