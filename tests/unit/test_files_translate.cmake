ll_test(test_files_translate SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_translate.cpp LINKS ll_sources_files)
