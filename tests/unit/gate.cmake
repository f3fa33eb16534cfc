ll_test(test_gate SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_gate.cpp LINKS ll_cli ll_resources ll_fault_server LibArchive::LibArchive)
ll_test(test_gate_run SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_gate_run.cpp LINKS ll_cli ll_resources ll_fault_server)
