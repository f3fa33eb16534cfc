ll_test(test_files_archive SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_archive.cpp LINKS ll_sources_files)
ll_test(test_files_hostile SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_hostile.cpp LINKS ll_sources_files)
