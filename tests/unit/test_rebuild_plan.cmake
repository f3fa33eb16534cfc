ll_test(test_rebuild_plan SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_rebuild_plan.cpp LINKS ll_analysis)
