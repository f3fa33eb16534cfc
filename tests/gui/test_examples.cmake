ll_test(test_examples SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_examples.cpp LINKS ll_app ll_resources ll_fault_server)
