ll_test(test_own_words SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_own_words.cpp LINKS ll_items ll_sources_registry)
