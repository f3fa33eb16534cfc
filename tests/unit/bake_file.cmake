ll_test(test_bake_file SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_bake_file.cpp LINKS ll_workflow)
