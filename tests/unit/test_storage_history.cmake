ll_test(test_storage_history SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_storage_history.cpp LINKS ll_storage LABELS threads)
