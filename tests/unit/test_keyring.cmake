ll_test(test_keyring SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_keyring.cpp LINKS ll_sources_github ll_fault_server Qt6::DBus)
