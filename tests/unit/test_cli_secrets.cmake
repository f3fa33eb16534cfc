ll_test(test_cli_secrets SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cli_secrets.cpp LINKS ll_cli)
