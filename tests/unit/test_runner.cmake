# Not for ThreadSanitizer (label "threads"): it can't follow the processes that are forked here while threads run.
ll_test(test_runner SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_runner.cpp LINKS ll_sources_runner)
ll_test(test_index_check SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_index_check.cpp LINKS ll_sources_runner)
