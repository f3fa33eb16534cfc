ll_test(test_build_failures SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_failures.cpp LINKS ll_analysis)
