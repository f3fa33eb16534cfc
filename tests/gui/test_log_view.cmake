ll_test(test_log_view SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_log_view.cpp LINKS ll_widgets)
