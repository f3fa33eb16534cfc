ll_test(test_timeline_view SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_timeline_view.cpp ${CMAKE_CURRENT_LIST_DIR}/sample_builds.cpp LINKS ll_widgets)
