ll_test(test_run_notices SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_run_notices.cpp LINKS ll_app ll_resources)
