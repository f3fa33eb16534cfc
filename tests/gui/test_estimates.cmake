ll_test(test_estimates SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_estimates.cpp LINKS ll_app ll_proto)
