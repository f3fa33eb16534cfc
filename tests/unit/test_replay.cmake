ll_test(test_replay SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_replay.cpp LINKS ll_sources_replay LABELS threads)
