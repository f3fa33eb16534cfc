ll_test(test_storage_damage SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_storage_damage.cpp LINKS ll_storage LABELS threads)
