ll_test(test_build_dialog SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_dialog.cpp LINKS ll_widgets)
