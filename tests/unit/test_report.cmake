ll_test(test_log_pieces SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_log_pieces.cpp LINKS ll_analysis ll_test_support)
ll_test(test_report SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_report.cpp LINKS ll_analysis)
