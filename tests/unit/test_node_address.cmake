ll_test(test_node_address SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_node_address.cpp LINKS ll_domain)
