ll_test(test_build_list_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_list_model.cpp LINKS ll_items)
