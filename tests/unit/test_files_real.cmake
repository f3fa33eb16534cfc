ll_test(test_files_real SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_real.cpp LINKS ll_sources_files)
