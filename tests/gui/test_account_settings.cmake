ll_test(test_account_settings SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_account_settings.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_github.cpp LINKS ll_app ll_fault_server)
