ll_test(test_build_header SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_header.cpp ${CMAKE_CURRENT_LIST_DIR}/sample_builds.cpp LINKS ll_widgets)
