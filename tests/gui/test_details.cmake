ll_test(test_details SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_details.cpp LINKS ll_widgets)
