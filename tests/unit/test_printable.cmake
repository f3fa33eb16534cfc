ll_test(test_printable SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_printable.cpp LINKS ll_cli)
