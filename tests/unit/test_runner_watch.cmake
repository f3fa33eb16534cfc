ll_test(test_runner_watch SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_runner_watch.cpp LINKS ll_app ll_fault_server)
