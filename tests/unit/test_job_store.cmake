ll_test(test_job_store SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_job_store.cpp LINKS ll_sources_runner)
