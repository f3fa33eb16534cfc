ll_test(test_long_wait SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_long_wait.cpp LINKS ll_items)
