ll_test(test_client_processes SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_client_processes.cpp LINKS ll_sources_buildx)
