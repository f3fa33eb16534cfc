ll_test(test_settings_store SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_settings_store.cpp LINKS ll_cli)
