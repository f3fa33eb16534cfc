ll_test(test_estimate SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_estimate.cpp LINKS ll_analysis)
