ll_test(test_tag_runs SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_tag_runs.cpp LINKS ll_analysis)
