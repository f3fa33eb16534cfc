ll_test(test_storage_blobs SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_storage_blobs.cpp LINKS ll_storage LABELS threads)
