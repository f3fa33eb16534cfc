ll_test(test_announcer SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_announcer.cpp LINKS ll_analysis)
