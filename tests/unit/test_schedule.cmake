ll_test(test_schedule SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_schedule.cpp LINKS ll_analysis)
