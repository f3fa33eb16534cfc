ll_test(test_workflow_hints SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_workflow_hints.cpp LINKS ll_cli ll_fault_server)
