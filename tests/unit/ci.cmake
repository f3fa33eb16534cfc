ll_test(test_cache_keys SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cache_keys.cpp LINKS ll_ci)
