ll_test(test_cache_keys SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cache_keys.cpp LINKS ll_ci)
ll_test(test_cache_collisions SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_cache_collisions.cpp LINKS ll_ci)
ll_test(test_failures SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_failures.cpp LINKS ll_ci)
ll_test(test_runners SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_runners.cpp LINKS ll_ci)
