ll_test(test_pipelines SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_pipelines.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_github.cpp LINKS ll_app ll_fault_server)
ll_test(test_pipelines_jobs SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_pipelines_jobs.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_github.cpp LINKS ll_app ll_fault_server)
ll_test(test_run_as_local SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_run_as_local.cpp LINKS ll_app ll_fault_server)
