ll_test(test_failure_notice SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_failure_notice.cpp LINKS ll_app)
