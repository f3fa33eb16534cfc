ll_test(test_gate_inputs SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_gate_inputs.cpp LINKS ll_cli ll_resources)
