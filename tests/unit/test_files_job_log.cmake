ll_test(test_files_job_log SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_job_log.cpp LINKS ll_sources_files)
