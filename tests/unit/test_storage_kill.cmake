# Not for ThreadSanitizer (label "threads"): it can't follow a process that forks while threads run.
ll_test(test_storage_kill SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_storage_kill.cpp LINKS ll_storage)
