ll_test(test_builder_plan SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_builder_plan.cpp LINKS ll_analysis)
