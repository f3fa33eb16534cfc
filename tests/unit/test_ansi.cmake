ll_test(test_ansi SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_ansi.cpp LINKS ll_items)
