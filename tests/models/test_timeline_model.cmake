ll_test(test_timeline_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_timeline_model.cpp LINKS ll_items)
