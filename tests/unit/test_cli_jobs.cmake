ll_test(test_cli_jobs SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cli_jobs.cpp LINKS ll_cli)
