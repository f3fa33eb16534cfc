ll_test(test_secrets_shown SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_secrets_shown.cpp LINKS ll_widgets)
