ll_test(test_timeline_geometry SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_timeline_geometry.cpp LINKS ll_widgets)
