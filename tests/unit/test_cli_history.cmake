# The program's own loop of commands runs in it: builds and show with no engine at all.
ll_test(test_cli_history SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cli_history.cpp LINKS ll_cli)
