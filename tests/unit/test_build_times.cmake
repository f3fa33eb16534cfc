ll_test(test_build_times SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_times.cpp LINKS ll_analysis)
