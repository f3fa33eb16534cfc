ll_test(test_timeline_look SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_timeline_look.cpp ${CMAKE_CURRENT_LIST_DIR}/sample_builds.cpp LINKS ll_widgets)
