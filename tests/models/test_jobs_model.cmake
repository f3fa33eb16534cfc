ll_test(test_jobs_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_jobs_model.cpp LINKS ll_items)
