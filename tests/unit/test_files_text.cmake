ll_test(test_files_text SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_text.cpp LINKS ll_sources_files)
ll_test(test_files_lines SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_files_lines.cpp LINKS ll_sources_files)
